import { expect } from '@playwright/test';
import type { Model } from '../../model-library/reference/weights.ts';
import { decodeFailures, distance, expectedLogits, logitFailures, tokens } from './checks.ts';
import { demo, reference, test } from './lab.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

/** Around the prefill chunk of 64 and the tile of 32, and more than two chunks. */
const LENGTHS = [1, 2, 31, 32, 33, 63, 64, 65, 100, 150];

function upTo(expected: Map<number, Float64Array>, end: number): Map<number, Float64Array> {
  return new Map([...expected].filter(([length]) => length <= end));
}

test.describe('the demo model against the reference', () => {
  let model: Model;
  let expected: Map<number, Float64Array>;
  test.beforeAll(async ({ lab }) => {
    model = await reference(demo);
    expected = expectedLogits(model, [...LENGTHS, ...Array.from({ length: 12 }, (_, i) => 95 + i)]);
    await lab.load(demo);
  });

  test('prefills of all lengths agree', async ({ lab }) => {
    expect(await logitFailures(lab, expected)).toEqual([]);
  });

  test('decoding agrees, from the first token and after a prefill', async ({ lab }) => {
    expect(await decodeFailures(lab, upTo(expected, 33), 1)).toEqual([]);
    expect(await decodeFailures(lab, upTo(expected, 106), 94)).toEqual([]);
  });

  test('decode after prefill equals one long prefill, and a reset forgets everything', async ({ lab }) => {
    const ids = tokens(100, model.dims.vocab);
    const long = await lab.fresh(ids);
    await lab.fresh(ids.slice(0, 90));
    let last: number[] = [];
    for (const id of ids.slice(90)) last = await lab.call('logits', [id]);
    expect(distance(last, long)).toBeLessThan(1e-4);
    expect(await lab.fresh(ids)).toEqual(long);
  });
});
