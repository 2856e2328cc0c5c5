import { describe, expect, test } from 'vitest';
import { expect as expectTime, isSame, lasting, ratesOf, timeExpected, timeOf, tooLong } from './cost.ts';
import { MEASURE, presetPlan, QUICK, STANDARD, THOROUGH } from './plan.ts';
import { sampleResult } from './samples.ts';

const RATES = { prefillTps: 500, decodeTps: 50 };

test('rates are those of the newest result of the same model on the same adapter', async () => {
  const slow = await sampleResult({ decodeMs: () => 100 });
  const fast = await sampleResult();
  expect(ratesOf([fast, slow], 'scripted', fast.adapter)?.decodeTps).toBeCloseTo(50, 0);
  expect(ratesOf([slow, fast], 'scripted', fast.adapter)?.decodeTps).toBeCloseTo(10, 0);
  expect(ratesOf([fast], 'other', fast.adapter)).toBeNull();
  expect(ratesOf([fast], 'scripted', { ...fast.adapter, vendor: 'x' })).toBeNull();
  const richer = { ...fast.adapter, features: ['shader-f16'] };
  expect(isSame(fast.adapter, richer)).toBe(true);
});

test('a result without figures, or a refused one, tells no rate', async () => {
  const good = await sampleResult();
  const wrong = { kind: 'golden' as const, verdict: 'fail' as const, agreeing: 0, total: 9, fault: null };
  expect(ratesOf([{ ...good, check: wrong }], 'scripted', good.adapter)).toBeNull();
  expect(ratesOf([{ ...good, cases: good.cases.slice(0, 1) }], 'scripted', good.adapter)).toBeNull();
});

describe('the runs of a plan', () => {
  test('take prefill and decode of each', () => {
    const took = expectTime(MEASURE, { prefillTps: 128, decodeTps: 64 });
    // One run: 128 tokens at 128/s, then one token to start from and 64 at 64/s.
    expect(took.leastMs).toBeCloseTo(4 * (1000 + 1000 / 128 + 1000), 6);
    expect(took.mostMs).toBe(took.leastMs);
  });

  test('take a range where more may be needed, and their depth counts', () => {
    const { leastMs, mostMs } = expectTime(STANDARD, { prefillTps: 1000, decodeTps: 50 });
    expect(mostMs / leastMs).toBeCloseTo(11 / 6, 6);
    expect(leastMs).toBeGreaterThan(6 * 2048);
  });

  test.each([
    [false, [36, 66]],
    [true, [44, 92]],
  ])('of Quick take what its comment says, with thought: %s', (thinks, seconds) => {
    const { leastMs, mostMs } = expectTime(presetPlan('quick', thinks), { prefillTps: 500, decodeTps: 40 });
    expect([leastMs, mostMs].map((ms) => Math.ceil(ms / 1000))).toEqual(seconds);
  });

  test('think at least as long as usual, and at most as long as they may', () => {
    const decodeTps = 10;
    const [plain, thinking] = [false, true].map((thinks) =>
      expectTime(presetPlan('standard', thinks), { prefillTps: 1e9, decodeTps }),
    );
    // A warm-up of 16 tokens, and three thoughts.
    expect(thinking!.leastMs - plain!.leastMs).toBeCloseTo((1000 * (16 + 3 * 300)) / decodeTps, 0);
    expect(thinking!.mostMs - plain!.mostMs).toBeCloseTo((1000 * (16 + 3 * 1024)) / decodeTps, 0);
    expect(tooLong(presetPlan('quick', true), 1024)).toEqual(['think1024']);
    expect(timeOf(presetPlan('quick', true), RATES, 1024)).toEqual(timeOf(QUICK, RATES, 1024));
  });
});

test('the time of a plan is what the scripted engine takes for it', async () => {
  const time = timeOf(MEASURE, RATES, 4096);
  // Four runs of 128 / 500 s and of 64 / 50 s, and the check.
  expect(time.leastMs).toBeCloseTo(4 * (256 + 2 + 1280) + 800 + 2600, 5);
  expect(time.mostMs).toBe(time.leastMs);
});

test('a forecast is wider than a measurement, and holds it', () => {
  const measured = timeOf(STANDARD, { decodeTps: 30, prefillTps: 300 }, 4096);
  const forecast = timeExpected(STANDARD, { lowTps: 20, highTps: 40 }, 4096);
  expect(forecast.leastMs).toBeLessThan(measured.leastMs);
  expect(forecast.mostMs).toBeGreaterThan(measured.mostMs);
});

test('cases that do not fit cost nothing', () => {
  expect(tooLong(STANDARD, 2048)).toEqual(['tg128@d2048']);
  expect(tooLong(THOROUGH, 4096)).toEqual([]);
  expect(timeOf(STANDARD, RATES, 2048).leastMs).toBeLessThan(timeOf(STANDARD, RATES, 4096).leastMs);
});

describe('a time in words', () => {
  test.each([
    [400, 400, '1 s'],
    [7200, 7900, '8 s'],
    [38_000, 66_000, '40 to 70 s'],
    [80_000, 200_000, '2 to 4 min'],
    [660_000, 1_200_000, '15 to 20 min'],
  ])('%i to %i ms', (leastMs, mostMs, words) => expect(lasting({ leastMs, mostMs })).toBe(words));
});
