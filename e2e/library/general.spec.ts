/** The same source builds libraries for other dimensions, among them those that take the kernels for large models. */
import { expect } from '@playwright/test';
import { ODD } from '../../tools/library/random.mjs';
import { decodeFailures, expectedLogits, logitFailures, samplingFailures } from './checks.ts';
import { randomSite, reference, test } from './lab.ts';

test.describe.configure({ mode: 'serial', timeout: 400_000 });

/** Wide enough for split rows, tiles in workgroup memory, wide heads and a sort in blocks. */
const WIDE = {
  ...ODD,
  hidden: 560,
  ffn: 720,
  layers: 1,
  heads: 7,
  kvHeads: 7,
  headDim: 80,
  vocab: 5000,
  chunk: 48,
  tied: true,
};

const models = { odd: ODD, wide: WIDE };

for (const [name, dims] of Object.entries(models)) {
  test(`${name}: prefill, decode and sampling agree with the reference`, async ({ lab }) => {
    const site = await randomSite(name, dims);
    const expected = expectedLogits(await reference(site), [1, 2, 15, 16, 17, 31, 33, 70, 71, 72]);
    await lab.load(site);
    expect(await logitFailures(lab, expected)).toEqual([]);
    expect(await decodeFailures(lab, expected, 66)).toEqual([]);
    expect(await samplingFailures(lab, dims.vocab)).toEqual([]);
  });
}
