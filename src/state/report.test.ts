import { expect, test } from 'vitest';
import { parsePlan, presetPlan } from '../bench/plan.ts';
import { sampleResult } from '../bench/samples.ts';
import { headlineText, view } from './report.ts';

test('a good result has a headline, medians and every run', async () => {
  const report = view(await sampleResult());
  expect(report.headline).toMatchObject({ what: 'decode' });
  expect(headlineText(await sampleResult())).toMatch(/^\d+(\.\d+)? tok\/s$/);
  expect(report.verdict).toContain('expected answer');
  for (const one of report.cases) {
    expect(one.main?.unit).toBe('tok/s');
    expect(one.basis).toMatch(/^Median; 95 % interval/);
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
  expect(report.verdict).toBeNull();
  expect(headlineText(result)).not.toMatch(/tok\/s/);
  for (const one of report.cases) {
    expect(one).toMatchObject({ main: null, basis: null });
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

test('of a model that thinks it says when its answer begins, beside its speed', async () => {
  const script = { thoughtTokens: 40, endsAfter: 44 };
  const result = await sampleResult(script, presetPlan('quick', true));
  const report = view(result);
  expect(report.headline?.basis).toMatch(/^tg128/);
  expect(report.thinking).toBe(
    'Thinks first: 40 tokens, 0.98 s before the answer begins (first token after 184 ms).',
  );
  expect(report.cases.at(-1)).toMatchObject({
    name: 'think1024',
    main: { value: '0.98', unit: 's' },
    basis: 'To the first answer token; TTFT 184 ms; decode 50.0 tok/s',
    each: 'in seconds to its answer',
  });
  // The warm-up is cut short.
  expect(report.cases.at(-1)!.runs).toMatchObject([
    { label: 'Warm-up', value: null, reason: 'It came to no answer.' },
    { label: 'Run 1', value: '0.984', share: 1, reason: null },
  ]);
  expect(headlineText(result)).toBe('50.0 tok/s, answer after 0.98 s');
  expect(view(await sampleResult()).thinking).toBeNull();
});

test('a model that did not think, or came to no end, has its speed and a word', async () => {
  const plan = parsePlan('think64_w0_r2-2')!;
  const [none] = view(await sampleResult({ endsAfter: 9 }, plan)).cases;
  expect(none).toMatchObject({ main: { value: '50.0', unit: 'tok/s' }, basis: 'It did not think here.' });
  const [endless] = view(await sampleResult({ thoughtTokens: 999 }, plan)).cases;
  expect(endless).toMatchObject({ main: { unit: 'tok/s' }, basis: 'Still thinking after 64 tokens.' });
  expect(headlineText(await sampleResult({ thoughtTokens: 999 }, plan))).toBe('50.0 tok/s');
});
