import { expect, test } from 'vitest';
import { newSince, progressOf, type Step } from './progress.ts';
import type { Result } from './result.ts';
import { PLACE, sampleResult } from './samples.ts';

/** Results of one day each, the newest first, as the history has them. */
async function historyOf(perTokenMs: number[], version: (at: number) => string = () => '156') {
  const made = perTokenMs.map((ms, at) =>
    sampleResult({ decodeMs: (run) => ms + run / 100 }, undefined, {
      startedUtc: `2026-11-${10 + at}T12:00:00Z`,
      place: { ...PLACE, browser: { ...PLACE.browser, version: version(at) } },
    }),
  );
  const results = await Promise.all(made);
  return results.sort((a, b) => (a.startedUtc < b.startedUtc ? 1 : -1));
}

function decodeSteps(results: Result[]): Step[] {
  return progressOf(results).find(({ name }) => name === 'tg64')!.steps;
}

test('steps are told apart from the median of those before, oldest first', async () => {
  const steps = decodeSteps(await historyOf([20, 20, 20, 23, 20]));
  expect(steps.map((step) => step.isSlower)).toEqual([false, false, false, true, false]);
  expect(steps[0]!.ratio).toBeNull();
  expect(steps[3]!.ratio).toBeCloseTo(0.87, 2);
});

test('a trifle is no loss, and there is none before there is something usual', async () => {
  expect(decodeSteps(await historyOf([20, 20, 20, 20.6])).some((step) => step.isSlower)).toBe(false);
  expect(decodeSteps(await historyOf([20, 30])).some((step) => step.isSlower)).toBe(false);
});

test('other models, other adapters and refused results are left out', async () => {
  const [newest, other] = await historyOf([20, 20]);
  const elsewhere = { ...other!, adapter: { ...other!.adapter, device: 'another' } };
  const model = { ...other!, model: { ...other!.model, variant: 'another' } };
  const wrong = {
    ...other!,
    check: { kind: 'golden', verdict: 'fail', agreeing: 1, total: 32, fault: null } as const,
  };
  expect(progressOf([newest!, elsewhere, model, wrong])).toEqual([]);
  expect(progressOf([])).toEqual([]);
});

test('a new browser is named with the step that came with it', async () => {
  const steps = decodeSteps(await historyOf([20, 20, 20], (at) => (at < 2 ? '156' : '157')));
  expect(steps.map((step, at) => newSince(step, steps[at - 1]))).toEqual([null, null, 'Chromium 157']);
});
