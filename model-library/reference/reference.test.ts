import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ODD, writeRandomModel } from '../../tools/library/random.mjs';
import { forward, greedy, newSequence, normalize, rotate, swiglu } from './llama.ts';
import { LOWEST, argsort, bias, mask, penalize, sampleTopP, softmax } from './sampling.ts';
import { type Model, dequantize, readModel } from './weights.ts';

describe('dequantize', () => {
  test('takes the lowest nibble first and one scale for 32 inputs', () => {
    const words = Uint32Array.from([0x76543210, 0xeeeeeeee, 0, 0, 0x77777778, 0, 0, 0]);
    const { data } = dequantize(words, Float32Array.from([0.5, 2]), 1, 40);
    expect([...data.subarray(0, 9)]).toEqual([-3.5, -3, -2.5, -2, -1.5, -1, -0.5, 0, 3.5]);
    expect([...data.subarray(32)]).toEqual([2, 0, 0, 0, 0, 0, 0, 0]);
  });
});

/** Score of two fixed heads at two positions. */
function score(p: number, r: number): number {
  const a = Float64Array.from([1, 2, 3, 4]);
  const b = Float64Array.from([-2, 1, 0.5, 3]);
  rotate(a, p, 10000);
  rotate(b, r, 10000);
  return a.reduce((sum, v, i) => sum + v * b[i]!, 0);
}

describe('steps of a layer', () => {
  test('normalize gives a mean square of 1', () => {
    const out = normalize(Float64Array.from([1, -2, 3, 4]), Float64Array.from([1, 1, 1, 1]), 0);
    expect(out.reduce((sum, v) => sum + v * v, 0) / 4).toBeCloseTo(1, 12);
  });

  test('rotate keeps lengths, and scores depend on the distance of positions only', () => {
    expect(score(7, 5)).toBeCloseTo(score(102, 100), 10);
    expect(score(7, 5)).not.toBeCloseTo(score(7, 6), 3);
  });

  test('swiglu multiplies silu(gate) by up', () => {
    expect(swiglu(Float64Array.from([0, 2, 5, 3]))[0]).toBe(0);
    expect(swiglu(Float64Array.from([0, 2, 5, 3]))[1]).toBeCloseTo((2 / (1 + Math.exp(-2))) * 3, 12);
  });
});

describe('forward', () => {
  let folder = '';
  let model: Model;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reference-'));
    await writeRandomModel(
      folder,
      { ...ODD, hidden: 64, ffn: 96, heads: 4, kvHeads: 2, headDim: 16, vocab: 120 },
      3,
    );
    model = await readModel((path) => readFile(join(folder, path)));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('tokens one by one give what they give together', () => {
    const together = forward(model, newSequence(model), [3, 1, 4, 1, 5]);
    const sequence = newSequence(model);
    const single = [3, 1, 4, 1, 5].map((id) => forward(model, sequence, [id]));
    expect([...single.at(-1)!]).toEqual([...together]);
  });

  test('every earlier token and its place matter', () => {
    const base = forward(model, newSequence(model), [3, 1, 4]);
    const changed = forward(model, newSequence(model), [9, 1, 4]);
    const swapped = forward(model, newSequence(model), [1, 3, 4]);
    for (const other of [changed, swapped]) {
      expect(Math.max(...other.map((v, i) => Math.abs(v - base[i]!)))).toBeGreaterThan(1e-3);
    }
  });

  test('greedy continues its own tokens', () => {
    const [first, second] = greedy(model, [3, 1, 4], 2);
    expect(greedy(model, [3, 1, 4, first!], 1)).toEqual([second]);
  });
});

describe('sampling', () => {
  test('softmax sums to 1, and picks the highest when it is cold', () => {
    expect(softmax([1, 2, 3], 0.7).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(softmax([1, 3, 3], 1e-6)).toEqual([0, 0.5, 0.5]);
  });

  test('argsort is stable', () => {
    expect(argsort([0.2, 0.5, 0.2, 0.1])).toEqual([1, 0, 2, 3]);
  });

  test('top-p includes the token that crosses the border, and nothing after it', () => {
    const sorted = [0.5, 0.3, 0.15, 0.05];
    expect(sampleTopP(sorted, 0.999, 0.6)).toBe(1);
    expect(sampleTopP(sorted, 0.62, 0.6)).toBe(0);
    expect(sampleTopP(sorted, 0.63, 0.6)).toBe(1);
    expect(sampleTopP(sorted, 0.999, 1)).toBe(3);
    expect(sampleTopP(sorted, 0, 1e-5)).toBe(0);
  });

  test('penalties, bias and mask touch only their tokens', () => {
    const penalties = { presence: 0.5, frequency: 0.25, repetition: 2 };
    expect(
      penalize(
        [3, -1, 2],
        new Map([
          [0, 2],
          [1, 1],
        ]),
        penalties,
      ),
    ).toEqual([1, -3.5, 2]);
    expect(bias([1, 2, 3], new Map([[1, -100]]))).toEqual([1, -98, 3]);
    expect(mask([1, 2, 3], [0b101])).toEqual([1, LOWEST, 3]);
  });
});
