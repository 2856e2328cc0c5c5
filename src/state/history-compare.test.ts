import { beforeEach, expect, test } from 'vitest';
import { QUICK } from '../bench/plan.ts';
import { sampleResult } from '../bench/samples.ts';
import { writeLink } from '../share/link.ts';
import {
  changes,
  compared,
  comparisonAddress,
  leftOut,
  linkOfComparison,
  pick,
  picked,
} from './history-compare.ts';
import { comparePasted } from './history-compare-paste.ts';
import { history, isRestored } from './history.ts';
import { parseRoute, route } from './route.ts';
import { compareWithMine } from './shared.ts';

function addressFor(text: string): string | null {
  return comparePasted(text).address;
}

beforeEach(async () => {
  picked.value = [];
  isRestored.value = true;
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
  const { plot, ratios } = compared.value!.cases.at(-1)!;
  expect(plot.bars.map(({ name, text }) => [name, text])).toEqual([
    ['A scripted', '50.0 tok/s (50.0–50.0)'],
    ['B scripted', '40.0 tok/s (40.0–40.0)'],
  ]);
  expect(ratios).toEqual([{ sign: 'B', text: '0.800 × A (0.800–0.800)' }]);
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
    expect(leftOut.value === null).toBe(address === '#/measure');
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

test('nothing is said to be gone before what is kept was read', () => {
  const kept = history.value;
  [history.value, isRestored.value] = [[], false];
  route.value = parseRoute('#/measure?compare=id-0~id-1');
  expect(leftOut.value).toBeNull();
  route.value = parseRoute('#/measure?compare=id-0~r%3D1.x');
  expect(leftOut.value).toMatch(/^One result/);
  [history.value, isRestored.value] = [kept.slice(1), true];
  route.value = parseRoute('#/measure?compare=id-0~id-1');
  expect(leftOut.value).toMatch(/^One result/);
});

test('what a comparison lacks is said, and the rest is shown', () => {
  route.value = parseRoute('#/measure?compare=id-0~id-1~r%3D1.x~gone');
  expect(compared.value?.entries).toHaveLength(2);
  expect(leftOut.value).toMatch(/^2 results of this comparison cannot be shown/);
  route.value = parseRoute('#/measure?compare=id-0~id-1');
  expect(leftOut.value).toBeNull();
  route.value = parseRoute(`#/measure?compare=id-0~id-1${'~<img src=x>'.repeat(10_000)}`);
  expect(compared.value?.entries).toHaveLength(2);
});

test('the one that became slower is marked, and no other', () => {
  expect([...changes.value.keys()]).toEqual(['id-0']);
  expect(changes.value.get('id-0')?.ratio.value).toBeCloseTo(0.8, 2);
});

test('a result that a case lacks is said to be missing, on either side', async () => {
  const quick = { id: 'quick', result: await sampleResult({}, QUICK) };
  history.value = [...history.value, quick];
  route.value = parseRoute('#/measure?compare=id-0~quick');
  const told = compared.value!.cases.map(({ name, ratios }) => [name, ratios[0]?.text]);
  expect(told).toContainEqual(['tg64', 'not measured']);
  expect(told).toContainEqual(['tg128', 'A has no figure to compare with']);
});

test('a pasted link stands behind the newest of this device, and behind what is ticked', async () => {
  const link = writeLink(await sampleResult({ decodeMs: () => 31 }));
  expect(addressFor(`see https://a.example/${link}.`)).toBe(
    `#/measure?compare=id-0~${encodeURIComponent(link.slice(1))}`,
  );
  pick('id-2', true);
  expect(addressFor(link)).toBe(`#/measure?compare=id-2~${encodeURIComponent(link.slice(1))}`);
  route.value = parseRoute(addressFor(link)!);
  expect(compared.value?.entries).toHaveLength(2);
});

test('a text without a result, or with one that is alone, gives words and no address', async () => {
  expect(comparePasted('<b>hello</b>')).toEqual({
    address: null,
    said: ['No result was found in it.', expect.stringContaining('paste it here')],
  });
  pick('id-0', true);
  pick('id-1', true);
  expect(comparePasted('nothing').address).toBeNull();
  picked.value = [];
  history.value = [];
  const alone = comparePasted(`${writeLink(await sampleResult())} #r=1.AAAA`);
  expect(alone.address).toBeNull();
  expect(alone.said).toEqual([
    '1 result found.',
    expect.stringContaining('A link was left out: This link is damaged'),
    expect.stringContaining('paste another'),
  ]);
});

test('of many pasted results the first eight are compared', async () => {
  const links = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      sampleResult({ decodeMs: () => 20 + at }).then((one) => writeLink(one)),
    ),
  );
  const { address, said } = comparePasted(links.join('\n'));
  expect(said).toEqual(['10 results found.', 'Only the first 8 are compared.']);
  route.value = parseRoute(address!);
  expect(compared.value?.entries).toHaveLength(8);
});
