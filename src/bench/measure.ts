import type { Generation } from '../engine/engine.ts';
import type { Case } from './plan.ts';
import type { EngineFigures, Reason, ReasonCode, Run, Thought } from './result.ts';
import { quantiles } from './stats.ts';

/**
 * From stamps to figures, one generation at a time. The definitions, with where they come from:
 *
 *   TTFT      time to first token: request there -> first token there. On the worker's clock from the request's arrival to
 *             the first id read back from the GPU; on the page's from sending to the first text that is not empty (MLPerf).
 *   prefill   prompt tokens / TTFT on the worker's clock, in tokens/s. It contains one sampling step, which llama-bench's
 *             pp leaves out: slightly too low, never too high.
 *   decode    (n - 1) / (t_last - t_first), in tokens/s, over the stamps of n tokens: tokens after the first over the time
 *             after the first (MLPerf Client). With n = generateTokens + 1 these are the decode steps of llama-bench's tg,
 *             plus sampling, which tg leaves out.
 *   TPOT      time per output token: (t_last - t_first) / (n - 1), in ms (vLLM), the reciprocal of decode.
 *   ITL       inter-token latency: each single gap between two tokens, in ms (vLLM); shown as p50, p95, p99.
 *
 * What cannot be known is null. Differences are only taken between stamps of one clock.
 */
export interface Measures {
  ttftMs: number | null;
  prefillTps: number | null;
  decodeTps: number | null;
  tpotMs: number | null;
  /** Every gap between tokens, in order; empty if not every token was stamped. */
  gapsMs: number[];
  itl: Percentiles | null;
  totalMs: number | null;
  page: PageFigures;
  engine: EngineFigures;
  /** What thinking cost; null where there was none. */
  thought: Thought | null;
}

export interface Percentiles {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}

/** As a person in front of the page has it. Text arrives in batches of about 16 ms, so `decodeTps` is that coarse. */
export interface PageFigures {
  ttftMs: number | null;
  decodeTps: number | null;
  totalMs: number | null;
}

/** The part of a run that figures are computed from. */
export type Timings = Pick<
  Run,
  'promptTokens' | 'completionTokens' | 'worker' | 'page' | 'usage' | 'thought'
>;

const UNTOLD: EngineFigures = {
  promptTokens: null,
  completionTokens: null,
  ttftMs: null,
  prefillTps: null,
  decodeTps: null,
};

/** The raw facts of a generation as a result keeps them: stamps since `sentMs`, in whole microseconds. */
export function timings(generation: Generation): Timings {
  const { worker, page } = generation;
  const since = (stamp: number | null, start: number) => (stamp === null ? null : round(stamp - start));
  return {
    promptTokens: generation.promptTokens,
    completionTokens: generation.completionTokens,
    worker: {
      tokensMs: worker.tokensMs.map((stamp) => round(stamp - worker.sentMs)),
      everyToken: worker.everyToken,
      endsOnly: false,
      endMs: round(worker.endMs - worker.sentMs),
    },
    page: page && {
      firstTextMs: since(page.firstTextMs, page.sentMs),
      lastTextMs: since(page.lastTextMs, page.sentMs),
      endMs: round(page.endMs - page.sentMs),
    },
    usage: engineFigures(generation.usage),
    thought: generation.thought
      ? { tokens: generation.thought.tokens, answerMs: since(generation.thought.answerMs, worker.sentMs) }
      : null,
  };
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** All figures of one generation. */
export function measure(generation: Generation): Measures {
  return figures(timings(generation));
}

/** All figures of one recorded run. */
export function figures(run: Timings): Measures {
  const stamps = run.worker && isOrdered(run.worker.tokensMs, run.worker.endMs) ? run.worker : null;
  const tokensMs = stamps?.everyToken ? stamps.tokensMs : [];
  const steps = (stamps?.endsOnly ? (run.completionTokens ?? 0) : tokensMs.length) - 1;
  const spanMs = tokensMs.length > 1 ? positive(tokensMs.at(-1)! - tokensMs[0]!) : null;
  const gapsMs = stamps?.endsOnly ? [] : gaps(tokensMs);
  const ttftMs = positive(stamps?.tokensMs[0]);
  return {
    ttftMs,
    prefillTps: ratio(positive(run.promptTokens), ttftMs),
    decodeTps: ratio(positive(steps), spanMs),
    tpotMs: spanMs && positive(steps) && spanMs / steps,
    gapsMs,
    itl: percentiles(gapsMs),
    totalMs: positive(stamps?.endMs),
    page: measurePage(run),
    engine: run.usage ?? UNTOLD,
    thought: stamps && isSound(run) ? run.thought : null,
  };
}

/** Whether thoughts are no more than what was generated, and the answer begins neither before the first token nor after the last. */
function isSound({ thought, completionTokens, worker }: Timings): boolean {
  if (!thought || !worker) return true;
  const { tokens, answerMs } = thought;
  const most = (completionTokens ?? Infinity) - (answerMs === null ? 0 : 1);
  if (!(Number.isInteger(tokens) && tokens >= 0 && tokens <= most)) return false;
  const [first = Infinity, last = first] = [worker.tokensMs[0], worker.tokensMs.at(-1)];
  return answerMs === null || (answerMs >= first && answerMs <= last);
}

function measurePage({ page, completionTokens }: Timings): PageFigures {
  if (!page) return { ttftMs: null, decodeTps: null, totalMs: null };
  const { firstTextMs, lastTextMs, endMs } = page;
  const spanMs = firstTextMs === null || lastTextMs === null ? null : positive(lastTextMs - firstTextMs);
  const steps = positive((completionTokens ?? 0) - 1);
  return { ttftMs: positive(firstTextMs), decodeTps: ratio(steps, spanMs), totalMs: positive(endMs) };
}

/** p50, p95 and p99 of gaps; null if there are none. */
export function percentiles(gapsMs: number[]): Percentiles | null {
  if (gapsMs.length === 0) return null;
  const [p50Ms, p95Ms, p99Ms] = quantiles(gapsMs, [0.5, 0.95, 0.99]) as [number, number, number];
  return { p50Ms, p95Ms, p99Ms };
}

function gaps(stamps: number[]): number[] {
  return stamps.slice(1).map((stamp, index) => stamp - stamps[index]!);
}

/** A usable amount: finite and above 0; anything else is unknown. */
function positive(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

function ratio(count: number | null, ms: number | null): number | null {
  return count && ms ? (1000 * count) / ms : null;
}

/** Stamps that are numbers, start at or after 0, never go back, and end before `endMs`. */
function isOrdered(stamps: number[], endMs: number): boolean {
  let last = 0;
  for (const stamp of [...stamps, endMs]) {
    if (!Number.isFinite(stamp) || stamp < last) return false;
    last = stamp;
  }
  return true;
}

/** web-llm's own account, from its `usage.extra` (seconds and tokens/s); NaN after one-token answers becomes null. */
function engineFigures(usage: Record<string, unknown> | null): EngineFigures | null {
  const extra = usage?.['extra'];
  if (!usage || typeof extra !== 'object' || extra === null) return null;
  const read = (key: string) => positive((extra as Record<string, number | undefined>)[key]);
  const count = (key: string) => (Number.isInteger(usage[key]) ? positive(Number(usage[key])) : null);
  const ttftS = read('time_to_first_token_s');
  return {
    promptTokens: count('prompt_tokens'),
    completionTokens: count('completion_tokens'),
    ttftMs: ttftS && ttftS * 1000,
    prefillTps: read('prefill_tokens_per_s'),
    decodeTps: read('decode_tokens_per_s'),
  };
}

/**
 * Token counts that a run of a case must show; for `think` the completion is the most that there may be.
 * A `tg` run starts from the tokens at its depth, or from one.
 */
export function expectedTokens(c: Case): { prompt: number | null; completion: number } {
  const prompt = c.kind === 'tg' ? Math.max(1, c.depth) : c.promptTokens;
  return { prompt, completion: c.generateTokens + (c.kind === 'think' ? 0 : 1) };
}

/** An answer of one token has no rate, and is none to a question. */
const LEAST_ANSWER = 2;

function isAsMany(generated: number, c: Case): boolean {
  const { completion } = expectedTokens(c);
  return c.kind === 'think' ? generated >= LEAST_ANSWER && generated <= completion : generated === completion;
}

/** Why a finished run must not count, or null if it may. */
export function judge(run: Timings, c: Case): Reason | null {
  const want = expectedTokens(c);
  const stamped = run.worker?.tokensMs.length ?? 0;
  const generated = run.completionTokens ?? stamped;
  const stamps = run.worker?.endsOnly ? Math.min(2, generated) : generated;
  if (!isAsMany(generated, c)) return miscount('generated', generated, want.completion);
  if (want.prompt !== null && run.promptTokens !== null && run.promptTokens !== want.prompt)
    return miscount('read', run.promptTokens, want.prompt);
  const measured = figures(run);
  if (stamped !== stamps || !run.worker?.everyToken)
    return reason('bad-stamps', `${stamped} of ${stamps} tokens carry a time.`);
  // The first token of a `tg` run may come within one step of a coarse clock; no figure rests on it.
  const needsTtft = c.kind !== 'tg';
  if ((needsTtft && measured.ttftMs === null) || (c.generateTokens > 0 && measured.decodeTps === null))
    return reason('bad-stamps', 'The times of this run go backwards, or span no time at all.');
  if (c.kind === 'think' && !isSound(run))
    return reason('bad-stamps', 'The answer of this run begins before its first token, or after its last.');
  return null;
}

function miscount(verb: string, got: number, want: number): Reason {
  return reason('wrong-count', `The engine ${verb} ${got} tokens instead of ${want}.`);
}

export function reason(code: ReasonCode, message: string): Reason {
  return { code, message };
}

/** The figure that a case is about: prefill for `pp`, decode for the others. */
export function headline(c: Case, of: Pick<Measures, 'prefillTps' | 'decodeTps'>): number | null {
  return c.kind === 'pp' ? of.prefillTps : of.decodeTps;
}
