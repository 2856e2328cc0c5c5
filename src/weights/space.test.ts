import { expect, test } from 'vitest';
import { askPersist, largest, makeRoom, measureSpace, persistence, stepBelow } from './space.ts';

test('the largest size that fits is found to a few megabytes', () => {
  for (const room of [0, 5e6, 123_456_789, 10 ** 10]) {
    const found = largest((bytes) => bytes <= room, 2 ** 42);
    expect(found).toBeLessThanOrEqual(room);
    expect(found).toBeGreaterThan(room - 2 ** 22 - 1);
  }
  expect(largest(() => true, 1000)).toBe(1000);
});

test('sizes are tried at the step that Chromium reserves exactly', () => {
  expect([1, 3e6, 64 * 2 ** 20, 99 * 2 ** 20].map(stepBelow)).toEqual([1, 2 ** 21, 2 ** 26, 2 ** 26]);
  expect(stepBelow(2e9)).toBe(19 * 100 * 2 ** 20);
});

test('where nothing can be found out, nothing is refused', async () => {
  await makeRoom(10 ** 15);
  expect(await measureSpace()).toEqual({ usedBytes: null, freeBytes: null });
  expect(await persistence()).toBe('unsupported');
  expect(await askPersist()).toBe('unsupported');
});
