import { isSame, type Identity } from './cost.ts';
import { CACHED_BYTES, refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { rooflineOf } from './roofline.ts';
import { median } from './stats.ts';
import { summarize } from './summary.ts';

/** What an adapter's memory gave, as `gpu/bandwidth.ts` measures it. */
export interface Memory {
  bytesPerS: number;
  /** From submitting next to nothing until its result is on the CPU, ms. */
  submitMs: number;
}

/** Decode speed to expect at a short context, in tokens per second. */
export interface Prediction {
  lowTps: number;
  highTps: number;
  /** Results of this adapter that it leans on; 0: it is reckoned from the memory alone. */
  count: number;
}

/**
 * Shares of the roofline that decoding is taken to reach where nothing was measured yet: web-llm's matrix-vector kernels
 * come to between a third and nearly all of it, depending on GPU and driver. An assumption.
 */
const ASSUMED = { low: 0.35, high: 0.9 };

/** One result says this little about another model, whose layers have other shapes: a factor of 1.4 either way. */
const STRANGENESS = 0.4;

/**
 * Decode speed of a model on an adapter before it is there: a share of what the memory allows (the roofline model,
 * Williams et al. 2009). The shares are those that other models reached here, and narrow with the root of their number;
 * without any they are assumed.
 * @param bytesPerToken read for each token; the size of the weights is an upper bound of it
 * @param shares that large models were seen to reach on this adapter, from `sharesSeen`
 */
export function predictDecode(bytesPerToken: number, memory: Memory, shares: readonly number[]): Prediction {
  const most = 1000 / ((1000 * bytesPerToken) / memory.bytesPerS + memory.submitMs);
  const { low, high } = shares.length === 0 ? ASSUMED : shareRange(shares);
  return { lowTps: most * low, highTps: most * high, count: shares.length };
}

function shareRange(shares: readonly number[]): { low: number; high: number } {
  const factor = 1 + STRANGENESS / Math.sqrt(shares.length);
  const middle = median([...shares]);
  return {
    low: Math.min(...shares, middle / factor),
    // Nothing decodes faster than its weights are read.
    high: Math.min(1, Math.max(...shares, middle * factor)),
  };
}

/**
 * The share of its roofline that each large model reached on an adapter: the newest result of each variant, by its decode
 * case of the shallowest context. Small models say nothing here, for caches hold them.
 * @param results newest first
 */
export function sharesSeen(results: readonly Result[], adapter: Identity): number[] {
  const newest = new Map<string, number>();
  for (const result of results) {
    if (newest.has(result.model.variant) || !isSame(result.adapter, adapter)) continue;
    const share = shareOf(result);
    if (share !== null) newest.set(result.model.variant, share);
  }
  return [...newest.values()];
}

function shareOf(result: Result): number | null {
  const roofline = rooflineOf(result);
  if (refusal(result) || !roofline?.mostTps || (result.model.bytesPerToken ?? 0) < CACHED_BYTES) return null;
  const [first] = summarize(result)
    .filter(({ decodeTps }) => decodeTps)
    .sort((a, b) => a.case.depth - b.case.depth);
  return first?.decodeTps ? Math.min(1, first.decodeTps.median / roofline.mostTps) : null;
}
