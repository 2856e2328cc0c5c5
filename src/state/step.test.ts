import { expect, test } from 'vitest';
import { parsePlan } from '../bench/plan.ts';
import type { BenchStep } from './measuring.ts';
import { shareOf, stepText } from './step.ts';

const PLAN = parsePlan('pp8_tg8_tg9_w1_r3-4')!;

function step(at: number, more: Partial<BenchStep>): BenchStep {
  return { plan: PLAN, case: PLAN.cases[at]!, warmup: false, number: 1, done: [], ...more };
}

function shares(one: BenchStep): number[] {
  return PLAN.cases.map((_, index) => shareOf(one, index));
}

test('a step is told by its case and its run, of as many as there can be', () => {
  expect(stepText(null)).toBe('Checking the answers of the model');
  expect(stepText(step(0, { warmup: true }))).toBe('pp8: warm-up');
  expect(stepText(step(1, { number: 2 }))).toBe('tg8: run 2 of at most 4');
});

test('cases take turns: those before the one in hand are a run ahead, and one that is done is full', () => {
  expect(shares(step(0, { warmup: true }))).toEqual([0, 0, 0]);
  expect(shares(step(1, { warmup: true }))).toEqual([0.2, 0, 0]);
  expect(shares(step(1, { number: 2 }))).toEqual([0.6, 0.4, 0.4]);
  expect(shares(step(2, { number: 4, done: ['pp8'] }))).toEqual([1, 1, 0.8]);
});
