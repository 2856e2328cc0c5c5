import { expect, test } from 'vitest';
import { ago, left, memory, progressWords, rate, rateRange, share, size, sizeText, span } from './words.ts';

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

test('a range of rates has no more digits than it can have', () => {
  expect(rateRange(14.2, 36.4)).toBe('14–36');
  expect(rateRange(0.81, 2.13)).toBe('0.8–2.1');
  expect(rateRange(0.06, 0.14)).toBe('0.06–0.14');
  expect(rateRange(41.1, 41.4)).toBe('41');
  expect(rateRange(8.7, 12)).toBe('9–12');
});

test('time left is rough, and never nothing', () => {
  expect([0, 61_000, 3 * 3_600_000].map(left)).toEqual(['1 s left', '1 min left', '3.0 h left']);
});

test('a part and its whole share a unit where they can', () => {
  expect(share(1.1e9, 1.9e9)).toBe('1.1 of 1.9 GB');
  expect(share(250e6, 1.9e9)).toBe('250 MB of 1.9 GB');
});

test('a transfer tells only what is known of it', () => {
  const start = { doneBytes: 5e6, totalBytes: null, rateBytesPerS: null, leftMs: null };
  expect(progressWords(start)).toBe('5.0 MB');
  const going = { doneBytes: 5e8, totalBytes: 2e9, rateBytesPerS: 12e6, leftMs: 125_000 };
  expect(progressWords(going)).toBe('500 MB of 2.0 GB · 12.0 MB/s · 2 min left');
});

test.each([
  [20e3, 'just now'],
  [5 * 60e3, '5 min ago'],
  [3 * 3600e3, '3 h ago'],
  [30 * 3600e3, 'yesterday'],
  [5 * 24 * 3600e3, '5 days ago'],
])('%i ms ago is %s', (distanceMs, words) => {
  expect(ago(1e12, 1e12 + distanceMs)).toBe(words);
});
