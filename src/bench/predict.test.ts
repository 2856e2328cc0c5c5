import { describe, expect, it } from 'vitest';
import { predictDecode, sharesSeen } from './predict.ts';
import type { Result } from './result.ts';
import { sampleResult } from './samples.ts';

const LAPTOP = { bytesPerS: 100e9, submitMs: 0.3 };
/** Llama 3.2 1B in q4f16_1: at most 144 tok/s at 100 GB/s, submits left out. */
const BYTES = 695e6;

describe('the decode speed to expect', () => {
  it('is a wide range below the roofline while nothing was measured', () => {
    const { lowTps, highTps, count } = predictDecode(BYTES, LAPTOP, []);
    expect(lowTps).toBeGreaterThan(30);
    expect(highTps).toBeLessThan(144);
    expect(highTps / lowTps).toBeGreaterThan(2);
    expect(count).toBe(0);
  });

  it('narrows with every result of this adapter, around what they reached', () => {
    const widths = [[0.6], [0.6, 0.62], [0.6, 0.62, 0.58, 0.61]].map((shares) => {
      const { lowTps, highTps } = predictDecode(BYTES, LAPTOP, shares);
      const most = 1000 / (6.95 + 0.3);
      expect(lowTps).toBeLessThan(0.58 * most);
      expect(highTps).toBeGreaterThan(0.62 * most);
      return highTps / lowTps;
    });
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(widths[0]).toBeLessThan(0.9 / 0.35);
  });

  it('keeps the range of results that disagree, and never goes above the roofline', () => {
    const { lowTps, highTps } = predictDecode(BYTES, LAPTOP, [0.2, 0.95, 0.9]);
    const most = 1000 / (6.95 + 0.3);
    expect(lowTps).toBeCloseTo(0.2 * most, 6);
    expect(highTps).toBeCloseTo(most, 6);
  });

  it('halves when the bandwidth does, for a large model', () => {
    const [whole, half] = [100e9, 50e9].map((bytesPerS) =>
      predictDecode(5e9, { bytesPerS, submitMs: 0 }, []),
    );
    expect(whole!.highTps / half!.highTps).toBeCloseTo(2, 9);
    expect(whole!.lowTps / half!.lowTps).toBeCloseTo(2, 9);
  });
});

describe('shares that models reached here', () => {
  it('are told by the newest result of each large model on this very adapter', async () => {
    const sample = await sampleResult();
    const large = ofModel(sample, 'large', 800e6);
    const [share] = sharesSeen([large], sample.adapter);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThanOrEqual(1);
    const others = [
      { ...ofModel(large, 'large', 800e6), bandwidth: { bytesPerS: 1e15, submitMs: 0 } },
      ofModel(sample, 'small', 4e6),
      { ...ofModel(sample, 'elsewhere', 800e6), adapter: { ...sample.adapter, device: 'another' } },
      { ...ofModel(sample, 'wrong', 800e6), check: { ...sample.check!, verdict: 'fail' as const } },
      { ...ofModel(sample, 'unread', 800e6), bandwidth: null },
    ];
    expect(sharesSeen([large, ...others], sample.adapter)).toEqual([share]);
  });
});

/** The sample as a result of another model, on memory fast enough for what it claims. */
function ofModel(result: Result, variant: string, bytesPerToken: number): Result {
  return {
    ...result,
    bandwidth: { bytesPerS: 1e12, submitMs: 0.2 },
    model: { ...result.model, variant, bytesPerToken },
  };
}
