import { expect, test } from 'vitest';
import { compare, describe, median } from './stats.mjs';

test('median of odd and even counts, without touching the list', () => {
  const values = [9, 1, 5];
  expect(median(values)).toBe(5);
  expect(values).toEqual([9, 1, 5]);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('a series keeps its samples', () => {
  expect(describe([3, 1, 2])).toEqual({ n: 3, median: 2, least: 1, most: 3, samples: [3, 1, 2] });
});

test('compares neighbours', () => {
  expect(compare([2, 4, 6], [1, 4, 12])).toEqual({ ratio: 1, leastRatio: 0.5, mostRatio: 2 });
  expect(compare([10, 100], [5, 100]).ratio).toBe(1.5);
});
