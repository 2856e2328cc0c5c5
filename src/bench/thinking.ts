import { formatFigure, formatInterval, formatMs } from './number.ts';
import type { Case } from './plan.ts';
import type { Figure, Summary } from './summary.ts';

/** A thought need not be waited for to warm up: its prompt and its first steps have the shapes of all the others. */
const WARMUP_TOKENS = 16;

/** Tokens of a case's warm-up where it is not run in full; null where it is. */
export function warmupTokens({ kind, generateTokens }: Case): number | null {
  return kind === 'think' ? Math.min(WARMUP_TOKENS, generateTokens) : null;
}

/**
 * What thinking cost, in a sentence: "Thinks first: 212 tokens, 6.81 s before the answer begins (first token after 213 ms)."
 * Null for a case that is not about it, or that was not measured.
 */
export function thinkingText(summary: Summary): string | null {
  const { case: c, valid, thought } = summary;
  if (c.kind !== 'think' || valid === 0) return null;
  if (!thought) return 'It did not think here.';
  const { tokens, answerMs } = thought;
  if (answerMs) return `Thinks first: ${costText(summary, tokens, answerMs)}.`;
  const thinking = tokens.median < c.generateTokens ? 'It stopped without an answer' : 'Still thinking';
  return `${thinking} after ${tokensText(tokens)}.`;
}

function costText({ valid, ttftMs }: Summary, tokens: Figure, answerMs: Figure): string {
  const { value, interval } = inSeconds(answerMs);
  const told = [
    interval && `95 % interval ${interval} s`,
    ttftMs && `first token after ${formatMs(ttftMs.median)}`,
    answerMs.count < valid && `in ${answerMs.count} of ${valid} runs`,
  ].filter(Boolean);
  return `${tokensText(tokens)}, ${value} s before the answer begins (${told.join('; ')})`;
}

function tokensText({ median, min, max }: Figure): string {
  const range = min === max ? '' : ` (${count(min)}–${count(max)})`;
  return `${count(median)} tokens${range}`;
}

function count(tokens: number): string {
  return Math.round(tokens).toLocaleString('en');
}

/** A time in seconds, with the digits that its interval settles. */
export function inSeconds({ median, interval, min, max, count: runs }: Figure): {
  value: string;
  interval: string | null;
} {
  const scaled: Figure = {
    median: median / 1000,
    interval: interval && { low: interval.low / 1000, high: interval.high / 1000 },
    min: min / 1000,
    max: max / 1000,
    count: runs,
  };
  return { value: formatFigure(scaled), interval: formatInterval(scaled) };
}
