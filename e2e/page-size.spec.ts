import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { firstView, gzipTotal } from '../tools/page-size.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const MOST_BYTES = 40_000;

test('the page needs at most 40 kB of script, packed with gzip, before a model is asked for', () => {
  const { scripts } = firstView(DIST);
  expect(scripts.length).toBeGreaterThan(0);
  expect(gzipTotal(scripts)).toBeLessThanOrEqual(MOST_BYTES);
});
