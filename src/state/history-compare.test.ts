import { beforeEach, expect, test } from 'vitest';
import { sampleResult } from '../bench/samples.ts';
import { writeLink } from '../share/link.ts';
import {
  changes,
  compared,
  comparisonAddress,
  linkOfComparison,
  pick,
  picked,
  rowsOf,
} from './history-compare.ts';
import { history } from './history.ts';
import { parseRoute, route } from './route.ts';
import { compareWithMine } from './shared.ts';

beforeEach(async () => {
  picked.value = [];
  const results = [await sampleResult({ decodeMs: () => 25 }), await sampleResult(), await sampleResult()];
  history.value = results.map((result, at) => ({ id: `id-${at}`, result }));
});

test('two picked results have an address, and it opens their comparison', () => {
  pick('id-1', true);
  expect(comparisonAddress.value).toBeNull();
  pick('id-0', true);
  expect(comparisonAddress.value).toBe('#/measure?compare=id-1~id-0');
  route.value = parseRoute(comparisonAddress.value!);
  expect(compared.value?.entries.map(({ id }) => id)).toEqual(['id-1', 'id-0']);
  expect(compared.value?.comparison.cases.at(-1)?.ratios[1]?.value).toBeCloseTo(0.8, 2);
  const rows = compared.value!.comparison.cases.map(rowsOf).at(-1)!.rows;
  expect(rows.map(({ sign, value, ratio }) => [sign, value, ratio])).toEqual([
    ['A', '50.0', ''],
    ['B', '40.0', '0.800 × A (0.800–0.800)'],
  ]);
  pick('id-0', false);
  expect(comparisonAddress.value).toBeNull();
});

test('a comparison of what is gone, or of one result with itself, is none', () => {
  for (const address of [
    '#/measure?compare=id-0~gone',
    '#/measure?compare=id-0~id-0',
    '#/measure?compare=id-0~r%3D1.x',
    '#/measure',
  ]) {
    route.value = parseRoute(address);
    expect(compared.value).toBeNull();
  }
});

test('a comparison is a link by itself, which opens where nothing was measured', () => {
  const { hash } = new URL(
    linkOfComparison([...history.value].slice(0, 2), 'https://a.example/x/?y#/measure'),
  );
  history.value = [];
  route.value = parseRoute(hash);
  expect(compared.value?.comparison.cases.at(-1)?.ratios[1]?.value).toBeCloseTo(1.25, 2);
});

test('a shared result stands beside the newest of this device, if there is one', async () => {
  const link = writeLink(await sampleResult());
  route.value = parseRoute(compareWithMine(link)!);
  expect(compared.value?.entries.map(({ id }) => id)).toEqual(['id-0', link.slice(1)]);
  history.value = [];
  expect(compareWithMine(link)).toBeNull();
});

test('the one that became slower is marked, and no other', () => {
  expect([...changes.value.keys()]).toEqual(['id-0']);
  expect(changes.value.get('id-0')?.ratio.value).toBeCloseTo(0.8, 2);
});
