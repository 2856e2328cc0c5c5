import { expect, test } from 'vitest';
import { presetPlan, STANDARD } from '../bench/plan.ts';
import { PASS, sampleResult } from '../bench/samples.ts';
import { cardOf, cardText } from './card.ts';

const PAGE = 'https://runs-here.example/#/measure';

test('a card says what the report says, and where its link leads', async () => {
  const card = cardOf(await sampleResult({}, STANDARD), false, PAGE);
  expect(card).toMatchObject({
    title: 'scripted runs at',
    figure: { value: '50.0', unit: 'tok/s' },
    software: null,
    source: '22 Nov 2026',
    place: 'runs-here.example',
  });
  expect(card.facts.map(({ label }) => label)).toEqual([
    'Prefill (pp128)',
    'First token (chat128)',
    'GPU',
    'Browser',
  ]);
  expect(cardText(card)).toMatch(/^scripted runs at 50\.0 tok\/s\. Decode, tg128, median of 5 runs/);
});

test('of a result from elsewhere it says who vouches for it, and what in it cannot be', async () => {
  const result = await sampleResult({}, STANDARD, { startedUtc: '2126-11-22T12:00:00Z' });
  const card = cardOf(result, true, PAGE);
  expect(card.title).toBe('scripted ran at');
  expect(card.source).toBe('Self-reported, 22 Nov 2126');
  expect(card.doubts).toContain('It says that it was measured in the future.');
  expect(cardOf(result, false, PAGE).doubts).toEqual([]);
});

test('software is named beside the figure, and a wrong answer has no figure', async () => {
  const result = await sampleResult({}, STANDARD);
  const software = { ...result, adapter: { ...result.adapter, software: true } };
  expect(cardOf(software, false, PAGE).software).toBe('software, not a GPU');
  expect(cardText(cardOf(software, false, PAGE))).toContain('software, not a GPU');
  const wrong = { ...result, check: { ...PASS, verdict: 'fail' as const, agreeing: 1 } };
  const card = cardOf(wrong, true, PAGE);
  expect(card.figure).toBeNull();
  expect(card.facts.map(({ label }) => label)).toEqual(['GPU', 'Browser']);
  expect(cardText(card)).toMatch(/^No speed for scripted\. That GPU computes wrongly/);
});

test('a page that only this machine reaches is not named', async () => {
  expect(cardOf(await sampleResult(), false, 'http://127.0.0.1:8080/').place).toBe('');
});

test('of a model that thinks it says when the answer begins, and still fits', async () => {
  const script = { thoughtTokens: 40, endsAfter: 44 };
  const { facts } = cardOf(await sampleResult(script, presetPlan('standard', true)), false, PAGE);
  expect(facts.map(({ label, value }) => [label, value]).slice(0, 2)).toEqual([
    ['Prefill (pp128)', '500 tok/s'],
    ['First answer token', 'after 0.98 s'],
  ]);
  expect(facts).toHaveLength(4);
});
