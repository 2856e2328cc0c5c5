import { describe, expect, it } from 'vitest';
import { countGaps, countedPercentiles, GAP_BINS, gapMs } from './gaps.ts';
import { percentiles } from './measure.ts';
import { random } from './random.ts';

describe('the histogram of gaps', () => {
  it('loses no gap, whatever its size', () => {
    const counts = countGaps([0, 1e-9, 20, 20, 21, 1e9], 20);
    expect(counts).toHaveLength(GAP_BINS);
    expect(counts[0]).toBe(2);
    expect(counts[10]).toBe(3);
    expect(counts.at(-1)).toBe(1);
  });

  it('puts the middle of each bin into that bin', () => {
    for (let bin = 0; bin < GAP_BINS; bin++) expect(countGaps([gapMs(bin, 7)], 7)[bin]).toBe(1);
  });

  it('knows percentiles to within a bin', () => {
    const next = random(1);
    const gapsMs = Array.from({ length: 1000 }, () => 20 * (0.8 + 0.4 * next()) * (next() < 0.03 ? 4 : 1));
    const exact = percentiles(gapsMs)!;
    const counted = countedPercentiles(countGaps(gapsMs, 20), 20)!;
    for (const key of ['p50Ms', 'p95Ms', 'p99Ms'] as const)
      expect(Math.abs(counted[key] / exact[key] - 1)).toBeLessThan(0.075);
  });

  it('of nothing has none', () => expect(countedPercentiles(countGaps([], 20), 20)).toBeNull());
});
