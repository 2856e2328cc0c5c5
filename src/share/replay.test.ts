import { describe, expect, it } from 'vitest';
import { countedPercentiles, countGaps } from '../bench/gaps.ts';
import { percentiles } from '../bench/measure.ts';
import { QUICK, parsePlan } from '../bench/plan.ts';
import { random } from '../bench/random.ts';
import type { Check } from '../bench/result.ts';
import { PASS, sampleResult } from '../bench/samples.ts';
import { openLink, writeLink } from './link.ts';
import { arrivals, arrived, pieces, replayOf, steady } from './replay.ts';

const FAIL = async (): Promise<Check> => ({ ...PASS, verdict: 'fail', agreeing: 1 });

describe('a replay', () => {
  it('goes through the very gaps that were measured, of the run in the middle', async () => {
    // Runs 2 to 4 are timed; the third is the one in the middle.
    const perStep = [0, 90, 50, 20, 30, 10];
    const plan = parsePlan('tg4_w1_r3-3')!;
    const result = await sampleResult(
      { decodeMs: (run, step) => perStep[run]! + step, timerStepMs: 0.1 },
      plan,
    );
    const replay = replayOf(result)!;
    expect(replay.gapsMs.map(Math.round)).toEqual([51, 52, 53, 54]);
    expect(replay).toMatchObject({ caseName: 'tg4', ttftName: null, ttftMs: 0 });
    expect(replay.decodeTps).toBeCloseTo(1000 / 52.5, 1);
  });

  it('waits as long as a chat did, or else as the first prompt', async () => {
    const chat = replayOf(await sampleResult({}, QUICK))!;
    expect(chat.ttftName).toBe('chat64');
    const plain = replayOf(await sampleResult({}, parsePlan('pp64_pp16_tg4_w0_r2-2')!))!;
    expect(plain.ttftName).toBe('pp64');
    expect(plain.ttftMs).toBeGreaterThan(64);
  });

  it('has no speed for a result that shows none, or that never wrote', async () => {
    expect(replayOf(await sampleResult({}, QUICK, { check: FAIL }))).toBeNull();
    expect(replayOf(await sampleResult({}, parsePlan('pp16_w0_r2-2')!))).toBeNull();
  });

  it('from a link keeps the rate, and with a histogram the spread', async () => {
    const next = random(3);
    const result = await sampleResult({ decodeMs: () => (next() < 0.1 ? 80 : 15 + 10 * next()) }, QUICK);
    const real = replayOf(result)!;
    const [plain, whole] = [false, true].map((histogram) => {
      const opened = openLink(writeLink(result, { histogram }));
      return opened.ok ? replayOf(opened.result)! : null;
    });
    for (const replay of [plain!, whole!]) expect(replay.decodeTps / real.decodeTps).toBeCloseTo(1, 2);
    expect(plain!.gapsMs).toHaveLength(1);
    const wanted = percentiles(result.cases[1]!.runs.flatMap((run) => gapsIn(run.worker!.tokensMs)))!;
    const got = percentiles(whole!.gapsMs)!;
    expect(got.p50Ms / wanted.p50Ms).toBeCloseTo(1, 0.8);
    expect(got.p95Ms / wanted.p95Ms).toBeCloseTo(1, 0.8);
    expect(countedPercentiles(countGaps(whole!.gapsMs, 25), 25)!.p95Ms).toBeGreaterThan(50);
  });
});

function gapsIn(stamps: number[]): number[] {
  return stamps.slice(1).map((ms, at) => ms - stamps[at]!);
}

describe('tokens', () => {
  it('come after the wait, and go through the gaps again', () => {
    expect(arrivals({ ttftMs: 100, gapsMs: [10, 20] }, 5)).toEqual([100, 110, 130, 140, 160]);
    expect(arrivals(steady(20), 3)).toEqual([50, 100, 150]);
    expect(arrivals(steady(20), 0)).toEqual([]);
  });

  it('are counted on from where the count was, and never beyond the last', () => {
    const times = [100, 110, 130];
    expect([0, 99, 100, 120, 130, 1e9].map((ms) => arrived(times, ms))).toEqual([0, 0, 1, 2, 3, 3]);
    expect(arrived(times, 130, 2)).toBe(3);
    expect(arrived(times, 0, 2)).toBe(2);
  });

  it('are pieces of the text, short as tokens are', () => {
    const text = 'A language model  writes\none token at a time.';
    expect(pieces(text).join('')).toBe(text);
    expect(Math.max(...pieces(text).map((piece) => piece.trim().length))).toBe(5);
    expect(pieces('')).toEqual([]);
  });
});
