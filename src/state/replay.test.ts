import { expect, test } from 'vitest';
import { PASS, sampleResult } from '../bench/samples.ts';
import { endOf, laneOf, rivalsOf, summaryOf, TEXT } from './replay.ts';

const at = (startedUtc: string, decodeMs = 20, software = false) =>
  sampleResult({ decodeMs: () => decodeMs }, undefined, { startedUtc }).then((result) => ({
    ...result,
    adapter: { ...result.adapter, software },
  }));

test('a result is a lane with its own times, and says what they are', async () => {
  const lane = laneOf(await at('2026-11-22T12:00:00Z'))!;
  expect(lane.detail).toBe('50.0 tok/s (tg64), first token after 256 ms (pp128)');
  expect(endOf(lane)).toBeCloseTo(256 + 20 * (TEXT.length - 1), -1);
});

test('it can be watched beside even rates, and beside the fastest other result of this device', async () => {
  const shown = await at('2026-11-22T12:00:00Z');
  expect(rivalsOf(shown, []).map(({ id }) => id)).toEqual(['12', '40', 'reading']);
  const entries = [
    { id: 'a', result: shown },
    { id: 'b', result: await at('2026-11-20T12:00:00Z', 30) },
    { id: 'c', result: await at('2026-11-21T12:00:00Z', 25) },
    { id: 'd', result: await at('2026-11-21T13:00:00Z', 5, true) },
  ];
  expect(rivalsOf(shown, entries)[0]).toMatchObject({
    id: 'mine',
    detail: expect.stringContaining('40.0 tok/s'),
  });
});

test('a result without a speed has no lane', async () => {
  const wrong = await sampleResult({}, undefined, {
    check: async () => ({ ...PASS, verdict: 'fail', agreeing: 1 }),
  });
  expect(laneOf(wrong)).toBeNull();
});

test('one sentence says what is to be seen', async () => {
  const shown = await at('2026-11-22T12:00:00Z');
  const [twelve, , reading] = rivalsOf(shown, []);
  expect(summaryOf([laneOf(shown)!, twelve!, reading!])).toMatch(
    /^\d+ tokens take [\d.]+ s, [\d.]+ s at 12 tok\/s, [\d.]+ s at reading speed\.$/,
  );
  expect(summaryOf([])).toBe('');
});
