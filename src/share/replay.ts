import { gapMs } from '../bench/gaps.ts';
import { figures } from '../bench/measure.ts';
import { random } from '../bench/random.ts';
import { refusal } from '../bench/refusal.ts';
import type { CaseResult, Result, Run } from '../bench/result.ts';
import { leading, summarize, validRuns, type Summary } from '../bench/summary.ts';

/**
 * A speed as something to watch: when each token of a text comes. A text longer than what was measured goes through the
 * gaps again from the start.
 */
export interface Pace {
  /** Wait before the first token, ms. */
  ttftMs: number;
  /** Between a token and the next, ms; at least one. */
  gapsMs: number[];
}

/** How a result wrote: the run of the leading case whose rate is in the middle, after the wait of a case with a prompt. */
export interface Replay extends Pace {
  /** Tokens per second over the gaps. */
  decodeTps: number;
  /** The case whose tokens are played. */
  caseName: string;
  /** The case whose time to first token is played; null where none was measured, and nothing is waited for. */
  ttftName: string | null;
}

/** Null for a result that shows no speed, or never wrote. */
export function replayOf(result: Result): Replay | null {
  if (refusal(result)) return null;
  const summaries = summarize(result);
  const first = leading(summaries);
  const source = result.cases.find((c) => c.case.name === first?.case.name);
  if (!first?.decodeTps || !source) return null;
  const gapsMs = gapsOf(source);
  if (gapsMs.length === 0) return null;
  const waiting = waitOf(summaries);
  return {
    gapsMs,
    decodeTps: 1000 / mean(gapsMs),
    caseName: first.case.name,
    ttftMs: waiting?.ttftMs?.median ?? 0,
    ttftName: waiting?.case.name ?? null,
  };
}

/** An even rate, with no other wait than for the first token. */
export function steady(tps: number): Pace {
  return { ttftMs: 1000 / tps, gapsMs: [1000 / tps] };
}

/** A chat's wait is what a person feels; the shortest prompt comes nearest to it. */
function waitOf(summaries: Summary[]): Summary | undefined {
  const waits = summaries.filter(({ ttftMs, case: c }) => ttftMs && c.depth === 0);
  return waits.find(({ case: c }) => c.kind === 'chat') ?? waits[0];
}

/** Measured gaps where every stamp was kept; else their spread out of the histogram; else all alike. */
function gapsOf(source: CaseResult): number[] {
  const run = middleRun(source);
  if (!run) return [];
  const { gapsMs, tpotMs } = figures(run);
  if (gapsMs.length > 0 || tpotMs === null) return gapsMs;
  return source.gapCounts ? spread(source.gapCounts, tpotMs) : [tpotMs];
}

/** The valid run whose rate has as many below it as above. */
function middleRun(source: CaseResult): Run | undefined {
  const runs = validRuns(source).sort((a, b) => rateOf(a) - rateOf(b));
  return runs[(runs.length - 1) >> 1];
}

function rateOf(run: Run): number {
  return figures(run).decodeTps ?? 0;
}

/** Gaps drawn from a histogram of this many equal shares. */
const SHARES = 256;

/**
 * Gaps with the spread of a histogram, in a mixed order that is the same each time. Bins are coarse (7 %), so the gaps are
 * scaled to the measured time per token.
 */
function spread(counts: number[], tpotMs: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return [tpotMs];
  const sorted: number[] = [];
  let below = 0;
  counts.forEach((count, bin) => {
    below += count;
    while (sorted.length < SHARES && (sorted.length + 0.5) / SHARES < below / total)
      sorted.push(gapMs(bin, tpotMs));
  });
  const scale = tpotMs / mean(sorted);
  return mixed(sorted).map((ms) => ms * scale);
}

/** Fisher and Yates' shuffle, by a fixed seed. */
function mixed(values: number[]): number[] {
  const next = random(1);
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [values[at], values[other]] = [values[other]!, values[at]!];
  }
  return values;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** When each of `count` tokens comes, in ms from the start. */
export function arrivals({ ttftMs, gapsMs }: Pace, count: number): number[] {
  let atMs = ttftMs;
  return Array.from({ length: count }, (_, index) => {
    if (index > 0) atMs += gapsMs[(index - 1) % gapsMs.length]!;
    return atMs;
  });
}

/**
 * How many tokens have come by then. It goes on from where it was, so that a frame costs what is new in it.
 * @param from how many had come at an earlier time
 */
export function arrived(arrivalsMs: number[], atMs: number, from = 0): number {
  let count = from;
  while (count < arrivalsMs.length && arrivalsMs[count]! <= atMs) count += 1;
  return count;
}

/** Longest piece of a word that goes for a token. With it English prose has about 5 tokens in 4 words. */
const PIECE = /\s*\S{1,5}/g;

/** A text in pieces about as long as a model's tokens. Put together again, they are the text. */
export function pieces(text: string): string[] {
  return text.match(PIECE) ?? [];
}
