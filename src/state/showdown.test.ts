import { beforeEach, expect, test } from 'vitest';
import { PASS, sampleResult } from '../bench/samples.ts';
import type { Result } from '../bench/result.ts';
import { FIGURES } from '../reference/figures.ts';
import { history } from './history.ts';
import { ownResults, published, scale, scaleOf } from './showdown.ts';

beforeEach(() => {
  history.value = [];
});

function keep(...results: Result[]): void {
  history.value = results.map((result, at) => ({ id: `id-${at}`, result }));
}

test('every published figure is shown, with its source and how far it compares', () => {
  expect(published).toHaveLength(FIGURES.length);
  for (const { reasons, source, value, grade } of published) {
    expect(reasons.length).toBeGreaterThan(0);
    expect(source.date).toBe('2026-03');
    expect(value).toMatch(/\d/);
    expect(grade).not.toBeNull();
  }
  expect(published.map(({ value }) => value)).toEqual(expect.arrayContaining(['≈ 150', '5,841', '90–100']));
});

test('of each model on each adapter the newest result is shown, and software says so', async () => {
  const [fast, slow] = [await sampleResult({ decodeMs: () => 10 }), await sampleResult()];
  const software = { ...slow, adapter: { ...slow.adapter, software: true } };
  keep(fast, slow, software);
  expect(ownResults.value.map(({ key, value, software: isSoftware }) => [key, value, isSoftware])).toEqual([
    ['id-0', '100', false],
    ['id-2', '50.0', true],
  ]);
  expect(ownResults.value[1]?.where).toContain('software, not a GPU');
  expect(ownResults.value[0]?.basis).toContain('web-llm in Chromium');
});

test('a result that is refused has no place', async () => {
  const result = await sampleResult();
  keep({ ...result, check: { ...PASS, verdict: 'fail' } });
  expect(ownResults.value).toEqual([]);
});

test('the scale goes from a power of ten to a power of ten', async () => {
  expect(scale.value.ticks.map(({ label }) => label)).toEqual(['1', '10', '100', '1,000', '10,000']);
  expect(scale.value.place(100)).toBeCloseTo(0.5);
  keep(await sampleResult({ decodeMs: () => 2000 }));
  expect(scale.value.ticks[0]?.label).toBe('0.1');
  expect(scale.value.place(0.0001)).toBe(0);
  const one = ownResults.value.map((spot) => ({ ...spot, lowTps: 10, midTps: 10, highTps: 10 }));
  expect(scaleOf(one).ticks).toHaveLength(2);
});
