import { expect, test } from 'vitest';
import { QUICK } from '../bench/plan.ts';
import type { Result } from '../bench/result.ts';
import { sampleResult } from '../bench/samples.ts';
import { doubts } from './doubts.ts';

const NOW = Date.parse('2026-11-23T00:00:00Z');

/** Runs that differ a little, as real ones do. */
function natural(): Promise<Result> {
  return sampleResult({ decodeMs: (run, step) => 20 + 0.1 * ((run * 7 + step) % 5) });
}

async function doubted(change: (result: Result) => Partial<Result>): Promise<string[]> {
  const result = await natural();
  return doubts({ ...result, ...change(result) }, NOW);
}

test('an honest result holds no contradiction', async () => {
  expect(doubts(await natural(), NOW)).toEqual([]);
});

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
])('%s is told', async (_, change, words) => {
  expect((await doubted(change)).join(' ')).toMatch(words);
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
