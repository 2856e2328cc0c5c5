/** A test that cannot fail proves nothing: each of these libraries has one broken kernel, and the checks must say so. */
import { expect } from '@playwright/test';
import { decodeFailures, expectedLogits, logitFailures, samplingFailures } from './checks.ts';
import { brokenDemo, demo, reference, test } from './lab.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

test.describe('a library with a broken kernel fails the checks', () => {
  let expected: Map<number, Float64Array>;
  test.beforeAll(async () => {
    expected = expectedLogits(await reference(demo), [24, 25, 26]);
  });

  for (const name of ['matmul', 'attention', 'rope', 'rmsnorm', 'swiglu']) {
    test(`${name}, in prefill`, async ({ lab }) => {
      await lab.load(await brokenDemo(name));
      expect(await logitFailures(lab, expected)).not.toEqual([]);
    });
  }

  for (const name of ['matvec', 'decode-attention']) {
    test(`${name}, in decode`, async ({ lab }) => {
      await lab.load(await brokenDemo(name));
      expect(await decodeFailures(lab, expected, 24)).not.toEqual([]);
    });
  }

  for (const name of ['softmax', 'sort', 'sample', 'penalty', 'bitmask']) {
    test(`${name}, in sampling`, async ({ lab }) => {
      await lab.load(await brokenDemo(name));
      expect(await samplingFailures(lab, 2048)).not.toEqual([]);
    });
  }
});
