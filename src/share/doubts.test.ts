import { assert, asyncProperty, constantFrom, double, integer, record } from 'fast-check';
import { expect, test } from 'vitest';
import type { Generation } from '../engine/engine.ts';
import { parsePlan, presetPlan, QUICK } from '../bench/plan.ts';
import { random } from '../bench/random.ts';
import type { Result } from '../bench/result.ts';
import { OPTIONS, PLACE, sampleResult } from '../bench/samples.ts';
import { doubts } from './doubts.ts';
import { openLink, writeLink } from './link.ts';

const NOW = Date.parse('2026-11-23T00:00:00Z');

/** Runs that differ a little, as real ones do. */
const LIVELY = { decodeMs: (run: number, step: number) => 20 + 0.1 * ((run * 7 + step) % 5) };

function natural(): Promise<Result> {
  return sampleResult(LIVELY);
}

async function doubted(change: (result: Result) => Partial<Result>): Promise<string[]> {
  const result = await natural();
  return doubts({ ...result, ...change(result) }, NOW).flat();
}

test('an honest result holds no contradiction', async () => {
  expect(doubts(await natural(), NOW)).toEqual([]);
});

/** What a machine measures, by a seed: its memory bounds decoding, prefill computes more, and everything varies. */
function genuine({ seed, stepMs, tokenMs, noise, plan }: Machine): Promise<Result> {
  const next = random(seed);
  const step = stepMs ?? 0.005;
  const vary = (ms: number) => ms * (1 + noise * next() * next());
  const script = {
    timerStepMs: step,
    prefillMsPerToken: tokenMs / (1 + 63 * next()),
    decodeMs: () => vary(tokenMs),
    hopMs: 5 * next(),
    spoil: (g: Generation) => late(g, Math.floor((3 * next()) / step) * step),
    fail: () => (next() < 0.05 ? ('unknown' as const) : null),
    thoughtTokens: Math.floor(100 * next()),
    endsAfter: 2 + Math.floor(200 * next()),
  };
  const bytesPerToken = 1.2e9;
  const bandwidth = { bytesPerS: (1000 * bytesPerToken) / tokenMs / (0.3 + 0.7 * next()), submitMs: 0.2 };
  return sampleResult(script, parsePlan(plan)!, {
    place: { ...PLACE, timerStepMs: stepMs, bandwidth },
    model: { ...OPTIONS.model, bytesPerToken, sizeBytes: 1.4e9 },
  });
}

/** Starting takes its time as well, never the same. */
function late(g: Generation, ms: number): Generation {
  const { worker, page } = g;
  const add = (stamp: number | null) => stamp && stamp + ms;
  return {
    ...g,
    thought: g.thought && { ...g.thought, answerMs: add(g.thought.answerMs) },
    worker: { ...worker, tokensMs: worker.tokensMs.map((stamp) => stamp + ms), endMs: worker.endMs + ms },
    page: page && {
      ...page,
      firstTextMs: add(page.firstTextMs),
      lastTextMs: add(page.lastTextMs),
      endMs: page.endMs + ms,
    },
  };
}

interface Machine {
  seed: number;
  stepMs: number | null;
  tokenMs: number;
  noise: number;
  plan: string;
}

test('what was really measured is never in doubt, from its record or from a link', async () => {
  const machine = record({
    seed: integer(),
    stepMs: constantFrom(null, 0.005, 0.01, 0.016, 0.02, 0.1, 1, 16.667),
    tokenMs: double({ min: 4, max: 400, noNaN: true }),
    noise: constantFrom(0.001, 0.05, 1),
    plan: constantFrom(
      'quick',
      'pp128_pp256_tg32_chat64_w1_r3-6',
      'pp512_pp64_tg16_w0_r1-2',
      'tg64_w1_r5-10',
      'pp64_think256_w1_r5-10',
    ),
  });
  await assert(
    asyncProperty(machine, async (one) => {
      const result = await genuine(one);
      const links = [writeLink(result), writeLink(result, { histogram: true })];
      const all = [result, ...links.flatMap((link) => opened(link))];
      expect(all.map((seen) => doubts(seen, NOW))).toEqual([[], [], []]);
    }),
    { numRuns: 200 },
  );
}, 120_000);

function opened(link: string): Result[] {
  const found = openLink(link);
  return found.ok ? [found.result] : [];
}

test.each<[string, (result: Result) => Partial<Result>, RegExp]>([
  ['the future', () => ({ startedUtc: '2027-01-01T00:00:00Z' }), /future/],
  [
    'a generous check',
    () => ({ check: { kind: 'golden', verdict: 'pass', agreeing: 3, total: 72, fault: null } }),
    /only 3 of 72/,
  ],
  [
    'more agreeing than compared',
    () => ({ check: { kind: 'consistency', verdict: 'pass', agreeing: 9, total: 8, fault: null } }),
    /than were compared/,
  ],
  ['f16 without f16', (result) => ({ model: { ...result.model, quantization: 'q4f16_1' } }), /16-bit floats/],
  ['missing cases', (result) => ({ cases: result.cases.slice(1) }), /missing/],
  [
    'missing runs',
    ({ cases }) => ({ cases: cases.map((c) => ({ ...c, runs: c.runs.slice(0, 2) })) }),
    /has 1 runs where its plan takes at least 3/,
  ],
  ['fewer runs planned', ({ plan }) => ({ plan: { ...plan, minRuns: 1, maxRuns: 2 } }), /more runs than/],
  [
    'a page ahead of the GPU',
    ({ cases }) => ({
      cases: cases.map((c) => ({
        ...c,
        runs: c.runs.map((run) => ({ ...run, page: { firstTextMs: null, lastTextMs: null, endMs: 5 } })),
      })),
    }),
    /before the GPU/,
  ],
  [
    'more than the memory gives',
    (result) => ({
      model: { ...result.model, bytesPerToken: 1e9 },
      bandwidth: { bytesPerS: 2e10, submitMs: 0.1 },
    }),
    /memory bandwidth/,
  ],
  [
    'a first token before the weights are read',
    (result) => ({
      model: { ...result.model, bytesPerToken: 8e9 },
      bandwidth: { bytesPerS: 1e10, submitMs: 0.1 },
      cases: result.cases.slice(0, 1),
    }),
    /pp128: the first token came after 256 ms, but reading the weights once takes 800 ms/,
  ],
  [
    'a first token sooner than the others',
    ({ cases }) => ({
      cases: cases.map((c) => ({
        ...c,
        runs: c.runs.map((run) => ({
          ...run,
          worker: run.worker && { ...run.worker, tokensMs: [5, ...run.worker.tokensMs.slice(1)] },
        })),
      })),
    }),
    /pp128: the first token came after 5.00 ms, much sooner than each of the others/,
  ],
  ['stamps between two steps', () => ({ timerStepMs: 0.7 }), /times between the steps of its clock/],
  [
    'gaps that no clock told',
    ({ cases }) => ({
      timerStepMs: 16,
      cases: cases.map((c) => ({ ...c, gapCounts: Array.from({ length: 40 }, () => 1) })),
    }),
    /gaps between tokens that its clock, in steps of 16\.\d+ ms, cannot tell/,
  ],
])('%s is told', async (_, change, words) => {
  expect((await doubted(change)).join(' ')).toMatch(words);
});

test('what cannot be in the same way is one doubt, however many cases show it', async () => {
  const result = await natural();
  const cases = result.cases.map((c) => ({ ...c, runs: c.runs.slice(0, 2) }));
  const few = ['pp128', 'tg64'].map((name) => `${name} has 1 runs where its plan takes at least 3.`);
  expect(doubts({ ...result, cases }, NOW)).toEqual([few]);
});

test('fewer runs of thinking than of the rest are as planned', async () => {
  const script = { ...LIVELY, thoughtTokens: 9, endsAfter: 20 };
  expect(doubts(await sampleResult(script, presetPlan('quick', true)), NOW)).toEqual([]);
});

test('a longer prompt that was read sooner, and runs without any spread, are told', async () => {
  const flat = await sampleResult({}, QUICK);
  expect(doubts(flat, NOW).join(' ')).toContain('the very same time');
  const [first, ...others] = (await natural()).cases;
  const shrunk = {
    ...first!,
    case: { ...first!.case, name: 'pp512', promptTokens: 512 },
    runs: first!.runs.map((run) => ({ ...run, worker: { ...run.worker!, tokensMs: [20], endMs: 21 } })),
  };
  const found = await doubted(() => ({ cases: [first!, shrunk, ...others] }));
  expect(found.join(' ')).toContain('pp512 was read sooner than pp128');
});
