import type { Entry } from './harness/log.ts';
import type { Seen } from './harness/witness.ts';

/**
 * A time by the readings of the script. None is taken at the very moment of the app's stamp, but there is one before and one after it;
 * so the truth is a span, mostly of some microseconds.
 */
export interface Span {
  low: number;
  high: number;
}

/** One run by its readings. */
export interface Times {
  ttftMs: Span;
  /** From the first token to the last. */
  decodeMs: Span;
  gapsMs: Span[];
  page: { ttftMs: Span; totalMs: Span };
}

/** A generation's times, from the notes of the script: each token was there by its reading, and stamped before the next call. */
export function timesOf({ entries, page }: Seen, tokens: number): Times {
  const found = entries.flatMap(({ what }, at) => (what === 'ready' ? [at] : [])).slice(-tokens);
  const ready = found.map((at) => ({ low: entries[at]!.ms, high: nextCall(entries, at) }));
  const began = entries.map(({ what }) => what).lastIndexOf('call', found[0]);
  const sent = { low: entries[began - 1]!.ms, high: entries[began]!.ms };
  const ttftMs = between(sent, ready[0]!);
  const decodeMs = between(ready[0]!, ready.at(-1)!);
  // The page cannot know before the worker does, and the reading beside it came after the app's.
  return {
    ttftMs,
    decodeMs,
    gapsMs: ready.slice(1).map((one, at) => between(ready[at]!, one)),
    page: {
      ttftMs: { low: ttftMs.low, high: (page.firstTextMs ?? NaN) - page.askedMs },
      totalMs: { low: ttftMs.low + decodeMs.low, high: page.doneMs - page.askedMs },
    },
  };
}

function nextCall(entries: Entry[], after: number): number {
  return entries.find(({ what }, at) => at > after && what === 'call')!.ms;
}

function between(from: Span, to: Span): Span {
  return { low: to.low - from.high, high: to.high - from.low };
}
