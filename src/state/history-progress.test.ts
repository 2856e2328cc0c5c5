import { beforeEach, expect, test } from 'vitest';
import { PLACE, sampleResult } from '../bench/samples.ts';
import { history } from './history.ts';
import { progressCharts } from './history-progress.ts';

beforeEach(() => (history.value = []));

/** @param steps ms per token and browser version, oldest first */
async function keep(steps: [ms: number, version: string][]): Promise<void> {
  const results = await Promise.all(
    steps.map(([ms, version], at) =>
      sampleResult({ decodeMs: () => ms }, undefined, {
        startedUtc: `2026-11-${10 + at}T12:00:00Z`,
        place: { ...PLACE, browser: { ...PLACE.browser, version } },
      }),
    ),
  );
  const entries = results.map((result, at) => ({ id: String(at), result }));
  history.value = entries.sort((a, b) => Number(b.id) - Number(a.id));
}

test('a loss is told in words, with the version that it came with', async () => {
  await keep([
    [20, '156'],
    [20, '156'],
    [20, '156'],
    [23, '157'],
    [23, '157'],
  ]);
  const chart = progressCharts.value.find(({ name }) => name === 'tg64')!;
  expect(chart.text).toBe(
    'tg64 is 13 % slower than your median since Chromium 157 on Nov 13; what is slower is ringed.',
  );
  expect(chart.plot).toMatchObject({ names: ['Nov 10', 'Nov 11', 'Nov 12', 'Nov 13', 'Nov 14'] });
});

test('where nothing was lost, it says how far the newest is from what is usual', async () => {
  await keep([
    [20, '156'],
    [20, '156'],
  ]);
  const chart = progressCharts.value.find(({ name }) => name === 'tg64')!;
  expect(chart.text).toBe('The newest tg64 is as fast as your median before it.');
});

test('one result alone is no progress', async () => {
  await keep([[20, '156']]);
  expect(progressCharts.value).toEqual([]);
});
