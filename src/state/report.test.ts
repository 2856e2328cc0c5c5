import { expect, test } from 'vitest';
import { sampleResult } from '../bench/samples.ts';
import { headlineText, view } from './report.ts';

test('a good result has a headline, medians and every run', async () => {
  const report = view(await sampleResult());
  expect(report.headline).toMatchObject({ what: 'decode' });
  expect(headlineText(await sampleResult())).toMatch(/^\d+(\.\d+)? tok\/s$/);
  expect(report.verdict).toContain('expected answer');
  for (const one of report.cases) {
    expect(one.median).not.toBeNull();
    expect(one.runs.map(({ label }) => label)).toEqual(['Warm-up', 'Run 1', 'Run 2', 'Run 3']);
  }
});

test('runs are counted past the warm-up of a model that was lost and came back', async () => {
  const script = { fail: (run: number) => (run === 2 ? ('out-of-memory' as const) : null) };
  const [one] = view(await sampleResult(script, undefined, { recover: () => Promise.resolve() })).cases;
  const labels = one!.runs.map(({ label }) => label);
  expect(labels).toEqual(['Warm-up', 'Run 1', 'Warm-up', 'Run 2', 'Run 3', 'Run 4']);
  expect(one!.runs[1]!.value).toBeNull();
});

test('a GPU that computes wrongly gets no speed anywhere', async () => {
  const wrong = { kind: 'golden' as const, verdict: 'fail' as const, agreeing: 3, total: 32, fault: null };
  const result = { ...(await sampleResult()), check: wrong };
  const report = view(result);
  expect(report.headline).toBeNull();
  expect(report.refused).toContain('computes wrongly');
  expect(headlineText(result)).not.toMatch(/tok\/s/);
  for (const one of report.cases) {
    expect(one.median).toBeNull();
    expect(one.runs.every(({ value }) => value === null)).toBe(true);
  }
});

test('software is never called a GPU', async () => {
  const result = await sampleResult();
  const software = { ...result, adapter: { ...result.adapter, software: true } };
  expect(view(software).software).toBe(true);
  expect(headlineText(software)).toContain('software, not a GPU');
  expect(view(software).verdict).not.toContain('GPU');
});

test('a result that only read is never taken for one that wrote', async () => {
  const result = await sampleResult();
  const read = { ...result, cases: result.cases.slice(0, 1) };
  expect(view(read).headline?.what).toBe('prefill');
  expect(headlineText(read)).toMatch(/tok\/s prefill$/);
});

test('a result says how near it comes to what the memory allows, where that is known', async () => {
  const result = await sampleResult();
  expect(view(result).roofline).toBeNull();
  const known = {
    ...result,
    bandwidth: { bytesPerS: 2e11, submitMs: 0.1 },
    model: { ...result.model, bytesPerToken: 1e9 },
  };
  expect(view(known).roofline).toMatchObject({
    text: expect.stringContaining('memory bounds it: at most 196 tok/s'),
    uses: [{ name: 'tg64', percent: '25 %', used: '50.0 GB/s' }],
  });
  const impossible = { ...known, bandwidth: { bytesPerS: 2e10, submitMs: 0.1 } };
  expect(view(impossible)).toMatchObject({ headline: null, roofline: null });
});
