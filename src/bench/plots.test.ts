import { describe, expect, test } from 'vitest';
import { parsePlan } from './plan.ts';
import { depthPlot, gapsPlot, timelineOf } from './plots.ts';
import type { Run } from './result.ts';
import { sampleResult } from './samples.ts';

function runWith(gapsMs: number[]): Run {
  let now = 10;
  const tokensMs = [now, ...gapsMs.map((gap) => (now += gap))];
  return {
    warmup: false,
    invalid: null,
    promptTokens: 1,
    completionTokens: tokensMs.length,
    worker: { tokensMs, everyToken: true, endsOnly: false, endMs: now + 1 },
    page: null,
    usage: null,
    thought: null,
  };
}

describe('the timeline of a run', () => {
  test('has every gap in order, and marks the ones that a reader might notice', () => {
    const found = timelineOf(runWith([20, 20, 21, 20, 20, 90, 20, 20, 19, 20]));
    expect(found).toMatchObject({ medianMs: 20, marked: [5] });
    expect(found?.gapsMs).toHaveLength(10);
  });
  test('marks neither quick gaps nor ones that are late by a trifle', () => {
    expect(timelineOf(runWith([20, 20, 20, 20, 2, 20, 20, 20, 21, 20]))?.marked).toEqual([]);
  });
  test('is none without single stamps, for runs that do not count, and for a few tokens', () => {
    const run = runWith([20, 20, 20, 20, 20, 20, 20, 20, 20]);
    expect(timelineOf(run)).not.toBeNull();
    expect(timelineOf({ ...run, worker: { ...run.worker!, endsOnly: true } })).toBeNull();
    expect(timelineOf({ ...run, invalid: { code: 'hidden', message: '' } })).toBeNull();
    expect(timelineOf(runWith([20, 20]))).toBeNull();
  });
});

test('the histogram counts every gap of the valid runs, between edges that hold them', async () => {
  const { cases } = await sampleResult();
  const decode = gapsPlot(cases[1]!)!;
  expect(decode.edges).toHaveLength(decode.counts.length + 1);
  expect(decode.counts.reduce((sum, n) => sum + n, 0)).toBe(3 * 64);
  expect(decode.edges[0]).toBeLessThan(20);
  expect(decode.edges.at(-1)).toBeGreaterThan(20);
  expect(gapsPlot(cases[0]!)).toBeNull();
});

describe('speed over depth', () => {
  test('is a line for each shape that was measured at several depths', async () => {
    const plan = parsePlan('pp32_tg16_tg16-d64_tg16-d32_tg8_w0_r2-2')!;
    const result = await sampleResult({}, plan);
    const found = depthPlot(result, 'tg')!;
    expect(found.lines.map(({ name, points }) => [name, points.map(({ x }) => x)])).toEqual([
      ['tg16', [0, 32, 64]],
    ]);
    expect(depthPlot(result, 'pp')).toBeNull();
  });
  test('is none for a result that is refused', async () => {
    const plan = parsePlan('tg16_tg16-d64_w0_r2-2')!;
    const result = await sampleResult({}, plan, {
      check: async () => ({ kind: 'golden', verdict: 'fail', agreeing: 1, total: 32, fault: null }),
    });
    expect(depthPlot(result, 'tg')).toBeNull();
  });
});
