import { expect, it } from 'vitest';
import { parsePlan, writePlan } from './plan.ts';
import { sweepPlan } from './sweep.ts';

it('goes as deep as the context window reaches, and survives its address', () => {
  const plan = sweepPlan(4096);
  expect(plan.cases.map(({ name }) => name)).toEqual([
    'tg64',
    'tg64@d512',
    'tg64@d1024',
    'tg64@d2048',
    'tg64@d3072',
  ]);
  expect(parsePlan(writePlan(plan))).toEqual(plan);
});

it('of a small window is a single depth, and of a huge one no more than a plan may hold', () => {
  expect(sweepPlan(128).cases.map(({ depth }) => depth)).toEqual([0]);
  const deep = sweepPlan(262_144);
  expect(deep.cases.at(-1)?.depth).toBe(65_536);
  expect(parsePlan(writePlan(deep))).toEqual(deep);
});

it('has no case where nothing fits', () => expect(sweepPlan(16).cases).toEqual([]));
