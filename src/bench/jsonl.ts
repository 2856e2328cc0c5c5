import { adapterName } from './format.ts';
import { figures } from './measure.ts';
import type { CaseResult, Result, Run } from './result.ts';

/**
 * A result as JSON lines: one run a line, each complete in itself, so that lines of many results can be put into one file.
 * What llama-bench has too goes by its names (`n_prompt`, `n_gen`, `n_depth`, `model_type`, `backends`, `gpu_info`,
 * `test_time`, `avg_ts`; https://github.com/ggml-org/llama.cpp/tree/master/tools/llama-bench#jsonl). Unknown is null.
 */
export function toJsonl(result: Result): string {
  const fixed = describe(result);
  const lines = result.cases.flatMap((c) =>
    c.runs.map((run, index) => ({ ...fixed, ...describeCase(c), ...describeRun(c, run, index) })),
  );
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function describe(result: Result) {
  const { app, engine, model, adapter, browser, startedUtc, check } = result;
  return {
    build_commit: app.commit,
    app_version: app.version,
    engine: `${engine.name} ${engine.version}`,
    model_type: model.variant,
    quantization: model.quantization,
    model_size: model.sizeBytes,
    backends: 'WebGPU',
    gpu_info: adapterName(result),
    software: adapter.software,
    browser: `${browser.name} ${browser.version}`,
    os: browser.os,
    check: check?.verdict ?? null,
    test_time: startedUtc,
  };
}

function describeCase({ case: c }: CaseResult) {
  return {
    case: c.name,
    n_prompt: c.promptTokens,
    n_gen: c.generateTokens,
    n_depth: c.depth,
  };
}

function describeRun({ case: c }: CaseResult, run: Run, index: number) {
  const found = figures(run);
  const counts = run.invalid === null;
  return {
    run: index + 1,
    warmup: run.warmup,
    invalid: run.invalid?.code ?? null,
    avg_ts: counts ? (c.kind === 'pp' ? found.prefillTps : found.decodeTps) : null,
    ttft_ms: counts ? found.ttftMs : null,
    tpot_ms: counts ? found.tpotMs : null,
    itl_p50_ms: counts ? (found.itl?.p50Ms ?? null) : null,
    itl_p95_ms: counts ? (found.itl?.p95Ms ?? null) : null,
    itl_p99_ms: counts ? (found.itl?.p99Ms ?? null) : null,
    page_ttft_ms: found.page.ttftMs,
    page_total_ms: found.page.totalMs,
    engine_decode_tps: found.engine.decodeTps,
    engine_prefill_tps: found.engine.prefillTps,
    tokens_ms: run.worker?.tokensMs ?? null,
  };
}
