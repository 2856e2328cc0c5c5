import type { Percentiles } from './measure.ts';

/**
 * Gaps between tokens as a histogram, for where there is no room for every stamp. The scale is logarithmic and relative to the
 * case's median time per token, five bins to a doubling, so that one scale serves every speed:
 *
 *   bin     0        …   10                    …   39
 *   holds   < 0.27 x     0.93 x … 1.07 x           > 50 x the median time per token
 */
export const GAP_BINS = 40;
const PER_DOUBLING = 5;
/** The bin around the median time per token. */
const MIDDLE = 10;

/** How many gaps fall into each bin. */
export function countGaps(gapsMs: number[], tpotMs: number): number[] {
  const counts = Array.from({ length: GAP_BINS }, () => 0);
  for (const gap of gapsMs) {
    const bin = Math.round(MIDDLE + PER_DOUBLING * Math.log2(Math.max(gap, 1e-6) / tpotMs));
    counts[Math.min(GAP_BINS - 1, Math.max(0, bin))]! += 1;
  }
  return counts;
}

/** The middle of a bin, in ms. */
export function gapMs(bin: number, tpotMs: number): number {
  return tpotMs * 2 ** ((bin - MIDDLE) / PER_DOUBLING);
}

/** p50, p95 and p99 to within a bin (7 %); null if nothing was counted. */
export function countedPercentiles(counts: number[], tpotMs: number): Percentiles | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const at = (share: number) => {
    let left = share * total;
    const bin = counts.findIndex((count) => (left -= count) <= 0);
    return gapMs(bin < 0 ? GAP_BINS - 1 : bin, tpotMs);
  };
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
