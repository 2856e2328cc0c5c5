import { expect, test } from 'vitest';
import type { LinesPlot, Point } from '../../bench/plot.ts';
import { factsOf, readout } from './facts.ts';

function point(x: number, value: number): Point {
  return { x, value, low: null, high: null, text: `${value} tok/s`, isMarked: false };
}

const LINES: LinesPlot = {
  kind: 'lines',
  x: { label: 'KV depth', unit: 'tokens' },
  y: { label: 'Decode', unit: 'tok/s' },
  lines: [
    { name: 'A', points: [point(0, 40), point(2048, 30)] },
    { name: 'B', points: [point(0, 20), point(512, 18)] },
  ],
  names: null,
};

test('the table of lines has a row for each place, and a column for each line', () => {
  expect(factsOf(LINES)).toEqual({
    head: ['KV depth', 'A', 'B'],
    rows: [
      ['0', '40 tok/s', '20 tok/s'],
      ['512', '', '18 tok/s'],
      ['2048', '30 tok/s', ''],
    ],
  });
});

test('a place is read out with the lines that have a point there', () => {
  expect(readout(factsOf(LINES), 0)).toBe('KV depth 0: A 40 tok/s; B 20 tok/s');
  expect(readout(factsOf(LINES), 2)).toBe('KV depth 2048: A 30 tok/s');
});

test('a timeline begins with the second token, and says which gaps stand out', () => {
  const facts = factsOf({ kind: 'timeline', gapsMs: [20, 95.5], medianMs: 20, marked: [1] });
  expect(readout(facts, 0)).toBe('Token 2: after 20.0 ms');
  expect(readout(facts, 1)).toBe('Token 3: after 95.5 ms, stands out');
});

test('a histogram tells each bin by its edges', () => {
  const facts = factsOf({
    kind: 'histogram',
    x: { label: 'Gap', unit: 'ms' },
    edges: [10, 20, 40],
    counts: [3, 1],
  });
  expect(facts.rows).toEqual([
    ['10.0 to 20.0 ms', '3'],
    ['20.0 to 40.0 ms', '1'],
  ]);
});

test('bars are told by their names', () => {
  const bars = [{ name: 'Demo', value: 5, low: 4, high: 6, text: '5.0 tok/s (4.0–6.0)' }];
  const facts = factsOf({ kind: 'bars', y: { label: 'Decode', unit: 'tok/s' }, bars });
  expect(readout(facts, 0)).toBe('Result Demo: Decode 5.0 tok/s (4.0–6.0)');
});
