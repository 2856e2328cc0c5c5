import { figures } from '../bench/measure.ts';
import type { EngineFigures, Reason, ReasonCode, Run } from '../bench/result.ts';

/** A run as the link keeps it: what it has as bits, and its times as whole steps of the clock (`runs.ts` has the drawing). */
export interface Compact {
  bits: number;
  promptTokens: number | null;
  completionTokens: number | null;
  reason: ReasonCode;
  first: number;
  span: number;
  textFirst: number;
  textLast: number;
  engine: number;
  /** What the engine counts more than we, and how much longer its TTFT is, per mille. */
  promptMore: number;
  completionMore: number;
  ttftMore: number;
  /** Tokens before the answer, and steps to its first token; 0 steps where none came. */
  thoughtTokens: number;
  answer: number;
  /** For cases of thinking, steps from there to the last token, plus one; 0 where no answer came. */
  answering: number;
  tail: number;
  hop: number;
}

export const WARMUP = 1;
export const INVALID = 2;
export const PAGE = 4;
export const TEXT = 8;
export const ENGINE = 16;
export const COUNTS = 32;
/** From version 2 on. */
export const THOUGHT = 64;
export const TOLD = 128;
/** The bits that a version knows. */
export const KNOWN_BITS = { 1: 63, 2: 255, 3: 255 };

export function blank(): Compact {
  const times = { first: 0, span: 0, textFirst: 0, textLast: 0, engine: 0, tail: 0, hop: 0, answer: 0 };
  const others = { promptMore: 0, completionMore: 0, ttftMore: 0, thoughtTokens: 0, answering: 0 };
  return { bits: 0, promptTokens: null, completionTokens: null, reason: 'unknown', ...times, ...others };
}

export function compact(run: Run, unitMs: number): Compact {
  const { worker, page, promptTokens } = run;
  const completionTokens = run.completionTokens ?? worker?.tokensMs.length ?? null;
  const base = { ...blank(), bits: run.warmup ? WARMUP : 0, promptTokens, completionTokens };
  if (run.invalid || !worker)
    return { ...base, bits: base.bits | INVALID, reason: run.invalid?.code ?? 'unknown' };
  const units = (ms: number | null | undefined) => Math.round((ms ?? 0) / unitMs);
  const first = units(worker.tokensMs[0]);
  const last = units(worker.tokensMs.at(-1));
  const end = units(worker.endMs);
  const answer = units(run.thought?.answerMs);
  const hasText = page !== null && page.firstTextMs !== null && page.lastTextMs !== null;
  const own = last > first ? ((completionTokens ?? 0) - 1) / (last - first) / unitMs : 0;
  const theirs = (figures(run).engine.decodeTps ?? 0) / 1000;
  return {
    ...base,
    ...witness(run, completionTokens),
    bits:
      base.bits |
      (page ? PAGE : 0) |
      (hasText ? TEXT : 0) |
      (own && theirs ? ENGINE : 0) |
      (run.thought ? THOUGHT : 0) |
      (isTold(run) ? TOLD : 0),
    thoughtTokens: run.thought?.tokens ?? 0,
    answer,
    answering: answer > 0 ? Math.max(0, last - answer) + 1 : 0,
    first,
    span: last - first,
    textFirst: hasText ? units(page.firstTextMs) - first : 0,
    textLast: hasText ? units(page.lastTextMs) - last : 0,
    engine: own && theirs ? Math.round(1000 * (theirs / own - 1)) : 0,
    tail: end - last,
    hop: page ? units(page.endMs) - end : 0,
  };
}

/** Whether the engine told all that the link keeps of it beside its rate. */
function isTold({ usage, promptTokens }: Run): boolean {
  return promptTokens !== null && !!usage?.promptTokens && !!usage.completionTokens && !!usage.ttftMs;
}

function witness(run: Run, completionTokens: number | null) {
  const { usage, worker, promptTokens } = run;
  const firstMs = worker?.tokensMs[0] ?? 0;
  if (!isTold(run) || !usage || firstMs === 0) return {};
  return {
    promptMore: usage.promptTokens! - promptTokens!,
    completionMore: usage.completionTokens! - (completionTokens ?? 0),
    ttftMore: Math.round(1000 * (usage.ttftMs! / firstMs - 1)),
  };
}

export function expand(run: Compact, unitMs: number): Run {
  const { bits, promptTokens, completionTokens, first, span } = run;
  const base = { warmup: (bits & WARMUP) > 0, promptTokens, completionTokens };
  if (bits & INVALID)
    return { ...base, invalid: told(run.reason), worker: null, page: null, usage: null, thought: null };
  const ms = (units: number) => tidy(Math.max(0, units) * unitMs);
  const last = first + span;
  const tokensMs = (completionTokens ?? 0) > 1 ? [ms(first), ms(last)] : [ms(first)];
  const text = (units: number) => (bits & TEXT ? ms(units) : null);
  return {
    ...base,
    invalid: null,
    worker: { tokensMs, everyToken: true, endsOnly: true, endMs: ms(last + run.tail) },
    page:
      bits & PAGE
        ? {
            firstTextMs: text(first + run.textFirst),
            lastTextMs: text(last + run.textLast),
            endMs: ms(last + run.tail + run.hop),
          }
        : null,
    usage: bits & (ENGINE | TOLD) ? engineOf(run, unitMs) : null,
    thought:
      bits & THOUGHT
        ? { tokens: run.thoughtTokens, answerMs: run.answer === 0 ? null : ms(run.answer) }
        : null,
  };
}

function engineOf(run: Compact, unitMs: number): EngineFigures {
  const { bits, promptTokens, completionTokens, first, span } = run;
  const own = span > 0 ? (1000 * ((completionTokens ?? 0) - 1)) / (span * unitMs) : 0;
  const decodeTps = bits & ENGINE ? tidy(own * (1 + run.engine / 1000)) : null;
  const untold = { promptTokens: null, completionTokens: null, ttftMs: null, prefillTps: null, decodeTps };
  if (!(bits & TOLD)) return untold;
  const theirs = Math.max(0, (promptTokens ?? 0) + run.promptMore);
  const ttftMs = tidy(Math.max(0, first * unitMs * (1 + run.ttftMore / 1000)));
  return {
    promptTokens: theirs,
    completionTokens: Math.max(0, (completionTokens ?? 0) + run.completionMore),
    ttftMs,
    prefillTps: ttftMs > 0 ? tidy((1000 * theirs) / ttftMs) : null,
    decodeTps,
  };
}

/** Whole microseconds, or millionths of a rate: steps of 0.005 ms do not add up exactly in binary. */
function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

export function told(code: ReasonCode): Reason {
  return { code, message: `It ended with “${code}”.` };
}
