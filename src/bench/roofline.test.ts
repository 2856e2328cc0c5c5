import { expect, test } from 'vitest';
import type { Result } from './result.ts';
import { rooflineOf } from './roofline.ts';
import { sampleResult } from './samples.ts';

async function measured(bytesPerToken: number | null, bandwidth: Result['bandwidth']): Promise<Result> {
  const result = await sampleResult();
  return { ...result, bandwidth, model: { ...result.model, bytesPerToken, kvBytesPerToken: 1e6 } };
}

test('decode at 50 tok/s with 1 GB per token uses a quarter of 206 GB/s, the KV cache included', async () => {
  const found = rooflineOf(await measured(1e9, { bytesPerS: 2.064e11, submitMs: 0.1 }));
  expect(found?.uses).toHaveLength(1);
  // 64 tokens are written, so 32 stand in the cache on average.
  expect(found?.uses[0]?.usedBytesPerS).toBeCloseTo(50 * 1.032e9, -8);
  expect(found?.uses[0]?.share).toBeCloseTo(0.25, 3);
  expect(found?.mostTps).toBeCloseTo(1000 / (1e12 / 2.064e11 + 0.1), 6);
});

test('a model that may stay in caches is bound by submits alone', async () => {
  const found = rooflineOf(await measured(2e6, { bytesPerS: 1e9, submitMs: 0.5 }));
  expect(found).toMatchObject({ isCached: true, mostTps: 2000, uses: [] });
});

test('without bandwidth or bytes nothing is said', async () => {
  expect(rooflineOf(await measured(null, { bytesPerS: 1e9, submitMs: 0 }))).toBeNull();
  expect(rooflineOf(await measured(1e9, null))).toBeNull();
  expect(rooflineOf(await measured(2e6, { bytesPerS: 1e9, submitMs: 0 }))?.mostTps).toBeNull();
});
