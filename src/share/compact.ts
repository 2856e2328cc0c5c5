import { figures } from '../bench/measure.ts';
import type { Reason, ReasonCode, Run } from '../bench/result.ts';

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
  tail: number;
  hop: number;
}

export const WARMUP = 1;
export const INVALID = 2;
export const PAGE = 4;
export const TEXT = 8;
export const ENGINE = 16;
export const COUNTS = 32;

export function blank(): Compact {
  const times = { first: 0, span: 0, textFirst: 0, textLast: 0, engine: 0, tail: 0, hop: 0 };
  return { bits: 0, promptTokens: null, completionTokens: null, reason: 'unknown', ...times };
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
  const hasText = page !== null && page.firstTextMs !== null && page.lastTextMs !== null;
  const own = last > first ? ((completionTokens ?? 0) - 1) / (last - first) / unitMs : 0;
  const theirs = (figures(run).engine.decodeTps ?? 0) / 1000;
  return {
    ...base,
    bits: base.bits | (page ? PAGE : 0) | (hasText ? TEXT : 0) | (own && theirs ? ENGINE : 0),
    first,
    span: last - first,
    textFirst: hasText ? units(page.firstTextMs) - first : 0,
    textLast: hasText ? units(page.lastTextMs) - last : 0,
    engine: own && theirs ? Math.round(1000 * (theirs / own - 1)) : 0,
    tail: end - last,
    hop: page ? units(page.endMs) - end : 0,
  };
}

export function expand(run: Compact, unitMs: number): Run {
  const { bits, promptTokens, completionTokens, first, span } = run;
  const base = { warmup: (bits & WARMUP) > 0, promptTokens, completionTokens };
  if (bits & INVALID) return { ...base, invalid: told(run.reason), worker: null, page: null, usage: null };
  const ms = (units: number) => tidy(Math.max(0, units) * unitMs);
  const last = first + span;
  const tokensMs = (completionTokens ?? 0) > 1 ? [ms(first), ms(last)] : [ms(first)];
  const text = (units: number) => (bits & TEXT ? ms(units) : null);
  const own = span > 0 ? (1000 * ((completionTokens ?? 0) - 1)) / (span * unitMs) : 0;
  const decodeTps = tidy(own * (1 + run.engine / 1000));
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
    usage: bits & ENGINE ? { ttftMs: null, prefillTps: null, decodeTps } : null,
  };
}

/** Whole microseconds, or millionths of a rate: steps of 0.005 ms do not add up exactly in binary. */
function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

export function told(code: ReasonCode): Reason {
  return { code, message: `It ended with “${code}”.` };
}
