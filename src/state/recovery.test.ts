import { expect, test } from 'vitest';
import { engineError } from '../engine/failures.ts';
import { Losses, wordedFor } from './recovery.ts';

test('a first loss is worth another load, a second is not, and after a long calm one is again', () => {
  const losses = new Losses();
  expect(losses.count(0)).toBe(true);
  expect(losses.count(60_000)).toBe(false);
  expect(losses.count(9 * 60_000)).toBe(false);
  expect(losses.recent(9 * 60_000)).toBe(3);
  expect(losses.count(30 * 60_000)).toBe(true);
});

test('a first loss has its usual words; a second says what to do, and keeps what the machine said', () => {
  const error = engineError('device-lost', { detail: 'reason unknown' });
  expect(wordedFor(error, 1)).toBe(error);
  expect(wordedFor(error, 2)).toMatchObject({
    code: 'device-lost',
    message: expect.stringContaining('again'),
    hint: expect.stringMatching(/smaller model.*close other tabs.*restart the browser/),
    detail: 'reason unknown',
  });
});

test('no adapter means a restart of the browser only after the GPU was lost', () => {
  const error = engineError('no-adapter');
  expect(wordedFor(error, 0)).toBe(error);
  expect(wordedFor(error, 1).hint).toMatch(/^Restart the browser/);
});

test('what another load cannot change keeps its words', () => {
  const error = engineError('context-full');
  expect(wordedFor(error, 3)).toBe(error);
});
