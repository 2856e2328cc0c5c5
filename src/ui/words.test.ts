import { expect, test } from 'vitest';
import { left, memory, rate, size, sizeText, span } from './words.ts';

test('sizes have three digits at most', () => {
  expect(size(0)).toEqual({ value: '0', unit: 'bytes' });
  expect(sizeText(3_141_592)).toBe('3.1 MB');
  expect(sizeText(999_949)).toBe('1.0 MB');
  expect(sizeText(226_000_000)).toBe('226 MB');
  expect(sizeText(null)).toBe('size not known');
  expect(memory(2 ** 31)).toEqual({ value: '2.0', unit: 'GB' });
});

test('rates and times show three digits', () => {
  expect([0.1234, 9.994, 9.996, 41.23, 412.3].map(rate)).toEqual(['0.12', '9.99', '10.0', '41.2', '412']);
  expect([null, Number.NaN, Infinity].map(rate)).toEqual(['–', '–', '–']);
  expect(span(null)).toEqual({ value: '–', unit: 'ms' });
  expect([4.21, 38.4, 999.6, 12_345, 125_000].map((ms) => span(ms))).toEqual([
    { value: '4.2', unit: 'ms' },
    { value: '38', unit: 'ms' },
    { value: '1.00', unit: 's' },
    { value: '12.3', unit: 's' },
    { value: '2:05', unit: 'min' },
  ]);
});

test('time left is rough, and never nothing', () => {
  expect([0, 61_000, 3 * 3_600_000].map(left)).toEqual(['1 s left', '1 min left', '3.0 h left']);
});
