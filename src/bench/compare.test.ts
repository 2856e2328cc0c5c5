import { expect, test } from 'vitest';
import { ratioOf, type Ratio } from './compare-ratio.ts';
import { changeSince, compare } from './compare.ts';
import { QUICK } from './plan.ts';
import { random } from './random.ts';
import type { Result } from './result.ts';
import { sampleResult } from './samples.ts';

/** Decode steps of about so many ms, with runs that differ by some percent. */
function measured(stepMs: number, seed = 1): Promise<Result> {
  const next = random(seed);
  const runs = Array.from({ length: 100 }, () => 1 + 0.04 * (next() - 0.5));
  return sampleResult({ decodeMs: (run) => stepMs * (runs[run] ?? 1) }, QUICK);
}

function ratioIn(results: Result[]): Ratio {
  return compare(results).cases.find(({ name }) => name === 'tg128')!.ratios[1]!;
}

const CHROME = { name: 'Chromium', version: '157', os: 'Linux' };

test('twice the speed is a ratio of two, and its interval holds it', async () => {
  const { cases } = compare([await measured(20), await measured(10, 2)]);
  const tg = cases.find(({ name }) => name === 'tg128');
  expect(tg?.ratios[0]).toBeNull();
  expect(tg?.ratios[1]?.value).toBeCloseTo(2, 1);
  expect(tg?.ratios[1]?.interval?.low).toBeLessThan(2);
  expect(tg?.ratios[1]?.interval?.high).toBeGreaterThan(2);
  expect(tg?.ratios[1]?.interval?.low).toBeGreaterThan(1.9);
});

test.each([3, 5, 10])('of %i runs each, equals are told apart in few trials only', (runs) => {
  const next = random(runs);
  const sample = () => Array.from({ length: runs }, () => 50 * (1 + 0.04 * (next() - 0.5)));
  const trials = Array.from({ length: 300 }, () => ratioOf(sample(), sample()).interval!);
  const held = trials.filter(({ low, high }) => low <= 1 && high >= 1).length / trials.length;
  expect(held).toBeGreaterThanOrEqual(runs < 5 ? 0.85 : 0.93);
});

test('one run on either side gives a ratio without an interval', () => {
  expect(ratioOf([20], [10, 11, 12])).toEqual({ value: 20 / 11, interval: null });
  expect(ratioOf([20, 21], [10])).toMatchObject({ interval: null });
});

test('the interval lies within what the runs allow, and narrows with their number', () => {
  const few = ratioOf([20, 21, 22], [10, 10.5, 11]).interval!;
  expect(few.low).toBeGreaterThanOrEqual(20 / 11);
  expect(few.high).toBeLessThanOrEqual(22 / 10);
  const next = random(7);
  const many = (middle: number) => Array.from({ length: 40 }, () => middle * (1 + 0.05 * (next() - 0.5)));
  const { low, high } = ratioOf(many(21), many(10.5)).interval!;
  expect(high - low).toBeLessThan((few.high - few.low) / 3);
});

test('the other way round, the ratio and its interval are the reciprocals', async () => {
  const [a, b] = [await measured(20), await measured(12, 2)];
  const [there, back] = [ratioIn([a, b]), ratioIn([b, a])];
  expect(there.value * back.value).toBeCloseTo(1, 9);
  expect(there.interval!.low * back.interval!.high).toBeCloseTo(1, 9);
  expect(there.interval!.high * back.interval!.low).toBeCloseTo(1, 9);
});

test('what differs decides what may be concluded', async () => {
  const a = await measured(20);
  expect(compare([a, a]).conclusion).toContain('All that is recorded is the same');
  const b = { ...a, browser: CHROME };
  expect(compare([a, b])).toMatchObject({
    differences: [{ term: 'Browser', values: ['Chromium 156', 'Chromium 157'] }],
    conclusion: 'Only the browser differs, so what the intervals do not explain is its effect.',
  });
  const c = { ...b, adapter: { ...a.adapter, software: true } };
  expect(compare([a, b, c]).conclusion).toContain('The GPU and browser differ');
});

test('a refused result takes part without a figure, and cases of one result alone without a ratio', async () => {
  const a = await measured(20);
  const wrong = { kind: 'golden' as const, verdict: 'fail' as const, agreeing: 0, total: 9, fault: null };
  const refused = compare([a, { ...a, check: wrong }]);
  expect(refused.cases.every(({ figures }) => figures[1] === null)).toBe(true);
  const other = compare([a, await sampleResult()]);
  expect(other.cases.map(({ name, ratios }) => [name, ratios[1]])).toContainEqual(['tg64', null]);
});

test('a slowdown beyond chance is told with what changed; chance and small moves are not', async () => {
  const before = await measured(20);
  const after = { ...(await measured(24, 3)), browser: CHROME };
  const found = changeSince(after, before);
  expect(found?.name).toBe('tg128');
  expect(found?.ratio.value).toBeCloseTo(20 / 24, 1);
  expect(found?.differences.map(({ term }) => term)).toEqual(['Browser']);
  expect(changeSince(await measured(20, 5), before)).toBeNull();
  expect(changeSince(await measured(20.3, 5), before)).toBeNull();
  expect(changeSince(await sampleResult(), before)).toBeNull();
});
