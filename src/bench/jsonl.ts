import { mean, sampleStandardDeviation } from 'simple-statistics';
import { adapterName } from './format.ts';
import { figures, headline } from './measure.ts';
import type { CaseResult, Result, Run } from './result.ts';
import { mainFigure, summarizeCase, validRuns, type Summary } from './summary.ts';

/**
 * A result as JSON lines: one case a line, each complete in itself, so that lines of many results can be put into one
 * file. The columns are llama-bench's, names and meaning, as far as a browser can fill them
 * (https://github.com/ggml-org/llama.cpp/tree/master/tools/llama-bench#jsonl): `avg_…` is the mean over the runs that
 * count and `stddev_…` their standard deviation, in tokens per second (`_ts`) and nanoseconds (`_ns`). What follows
 * `samples_ts` is ours. Unknown is null.
 */
export function toJsonl(result: Result): string {
  return result.cases.map((c) => `${JSON.stringify(describe(result, c))}\n`).join('');
}

function describe(result: Result, c: CaseResult) {
  const { app, model, startedUtc } = result;
  const summary = summarizeCase(c);
  return {
    build_commit: app.commit,
    gpu_info: adapterName(result),
    backends: 'WebGPU',
    model_filename: model.variant,
    model_type: `${model.variant} ${model.quantization}`,
    model_size: model.sizeBytes,
    n_prompt: c.case.promptTokens,
    n_gen: summary.steps,
    n_depth: c.case.depth,
    test_time: startedUtc,
    ...describeSpeed(c, summary.steps),
    ...describeOwn(result, c, summary),
  };
}

/** Speed in llama-bench's way: the rate that the case is about, and the time that so many tokens take at it. */
function describeSpeed(c: CaseResult, steps: number) {
  const rates = validRuns(c).flatMap((run) => headline(c.case, figures(run)) ?? []);
  const tokens = c.case.kind === 'pp' ? (c.case.promptTokens ?? 0) : steps;
  const spans = rates.map((rate) => Math.round((1e9 * tokens) / rate));
  return {
    avg_ns: average(spans),
    stddev_ns: deviation(spans),
    avg_ts: average(rates),
    stddev_ts: deviation(rates),
    samples_ns: spans,
    samples_ts: rates,
  };
}

function describeOwn(
  { app, engine, model, adapter, browser, check }: Result,
  c: CaseResult,
  summary: Summary,
) {
  const { ttftMs, tpotMs, itl, thought } = summary;
  const main = mainFigure(summary);
  return {
    case: c.case.name,
    app_version: app.version,
    engine: `${engine.name} ${engine.version}`,
    quantization: model.quantization,
    software: adapter.software,
    browser: `${browser.name} ${browser.version}`,
    os: browser.os,
    check: check?.verdict ?? null,
    median_ts: main?.median ?? null,
    // The 95 % interval of the median.
    low_ts: main?.interval?.low ?? null,
    high_ts: main?.interval?.high ?? null,
    ttft_ms: ttftMs?.median ?? null,
    tpot_ms: tpotMs?.median ?? null,
    itl_p50_ms: itl?.p50Ms ?? null,
    itl_p95_ms: itl?.p95Ms ?? null,
    itl_p99_ms: itl?.p99Ms ?? null,
    // What thinking cost: tokens before the answer, and from the request to its first token.
    thought_tokens: thought?.tokens.median ?? null,
    answer_ms: thought?.answerMs?.median ?? null,
    answer_low_ms: thought?.answerMs?.interval?.low ?? null,
    answer_high_ms: thought?.answerMs?.interval?.high ?? null,
    stopped: c.stopped?.code ?? null,
    runs: c.runs.map(describeRun),
  };
}

/** Raw, so that anyone can do the arithmetic again. */
function describeRun({ warmup, invalid, worker, thought }: Run) {
  return {
    warmup,
    invalid: invalid?.code ?? null,
    tokens_ms: worker?.tokensMs ?? null,
    thought_tokens: thought?.tokens ?? null,
    answer_ms: thought?.answerMs ?? null,
  };
}

function average(values: number[]): number | null {
  return values.length > 0 ? mean(values) : null;
}

/** Of fewer than two samples llama-bench writes 0. */
function deviation(values: number[]): number {
  return values.length > 1 ? sampleStandardDeviation(values) : 0;
}
