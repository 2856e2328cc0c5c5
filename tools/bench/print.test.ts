import { expect, test } from 'vitest';
import { formatTable } from './print.mjs';

test('prints medians with their spread, ratios, and single values', () => {
  const text = formatTable('A title', [
    { what: 'app', unit: 'ms', n: 3, median: 1234.5, least: 1000, most: 2000 },
    { what: 'app / bare', unit: 'x', ratio: 1.1, leastRatio: 0.9, mostRatio: 1.25 },
    { what: 'engine fetched', unit: '', value: 'no' },
  ]);
  const cells = text.split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(cells[0]).toEqual(['A title']);
  expect(cells[2]).toEqual(['app', '1,235', '1,000 to 2,000', 'ms', '3']);
  expect(cells[3]).toEqual(['app / bare', '1.100', '0.900 to 1.250', 'x']);
  expect(cells[4]).toEqual(['engine fetched', 'no']);
});
