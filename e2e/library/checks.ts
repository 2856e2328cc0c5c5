/**
 * The checks as functions that return what is wrong, one sentence each: a good library must return nothing, and a
 * library with a broken kernel something.
 */
import { forward, newSequence } from '../../model-library/reference/llama.ts';
import {
  LOWEST,
  argsort,
  bias,
  mask,
  penalize,
  sampleTopP,
  softmax,
} from '../../model-library/reference/sampling.ts';
import type { Model } from '../../model-library/reference/weights.ts';
import type { TensorSpec } from './harness/worker.ts';
import type { LabPage } from './lab.ts';

/** Largest difference allowed, relative to the largest logit. Float32 alone makes about 4e-7. */
const TOLERANCE = 1e-4;

/** A fixed sequence of tokens that jumps around in the vocabulary. */
export function tokens(count: number, vocab: number): number[] {
  return Array.from({ length: count }, (_, i) => (i * 7919 + 13) % vocab);
}

/** How far `actual` is from `expected`, relative to the largest of `expected`. Not a number counts as far away. */
export function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    worst = Math.max(worst, Number.isFinite(difference) ? difference : Infinity);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return actual.length === expected.length ? worst / largest : Infinity;
}

/** The reference's logits after each of the prefixes of one sequence. */
export function expectedLogits(model: Model, lengths: readonly number[]): Map<number, Float64Array> {
  const ids = tokens(Math.max(...lengths), model.dims.vocab);
  const sequence = newSequence(model);
  const logits = new Map<number, Float64Array>();
  let done = 0;
  for (const length of [...new Set(lengths)].sort((a, b) => a - b)) {
    logits.set(length, forward(model, sequence, ids.slice(done, length)));
    done = length;
  }
  return logits;
}

/** Compares prefills of several lengths with the reference. */
export async function logitFailures(lab: LabPage, expected: Map<number, Float64Array>): Promise<string[]> {
  const failures: string[] = [];
  for (const [length, logits] of expected) {
    const off = distance(await lab.fresh(tokens(length, logits.length)), logits);
    if (!(off < TOLERANCE)) failures.push(`logits after ${length} tokens are off by ${off}`);
  }
  return failures;
}

/** Compares a prefill followed by single tokens with the reference. */
export async function decodeFailures(
  lab: LabPage,
  expected: Map<number, Float64Array>,
  start: number,
): Promise<string[]> {
  const failures: string[] = [];
  const end = Math.max(...expected.keys());
  const ids = tokens(end, expected.get(end)!.length);
  await lab.fresh(ids.slice(0, start));
  for (let length = start + 1; length <= end; length++) {
    const logits = await lab.call('logits', ids.slice(length - 1, length));
    const off = expected.has(length) ? distance(logits, expected.get(length)!) : 0;
    if (!(off < TOLERANCE)) failures.push(`logits after decoding token ${length} are off by ${off}`);
  }
  return failures;
}

// --- Sampling -----------------------------------------------------------------------------------------------------

export const float = (data: number[], shape = [data.length]): TensorSpec => ({
  dtype: 'float32',
  shape,
  data,
});
export const int = (data: number[], shape = [data.length]): TensorSpec => ({ dtype: 'int32', shape, data });

const someLogits = (vocab: number): number[] =>
  Array.from({ length: vocab }, (_, i) => Math.fround(4 * Math.sin(i * i * 0.37) + 3 * Math.cos(i * 0.011)));

async function penaltyFailures(lab: LabPage, vocab: number): Promise<string[]> {
  const logits = someLogits(vocab);
  const counts = new Map([0, 1, 5, 63, 64, vocab - 1].map((id, i) => [id, i + 1]));
  const penalties = { presence: 0.7, frequency: 0.3, repetition: 1.3 };
  const [actual] = await lab.call('run', 'apply_penalty_inplace', [
    float(logits, [1, vocab]),
    int([0]),
    int([...counts].map(() => 0)),
    int([...counts.keys()]),
    int([...counts.values()]),
    float([penalties.presence, penalties.frequency, penalties.repetition], [1, 3]),
  ]);
  const off = distance(actual!, penalize(logits, counts, penalties));
  return off < 1e-6 ? [] : [`penalties are off by ${off}`];
}

async function biasFailures(lab: LabPage, vocab: number): Promise<string[]> {
  const logits = someLogits(vocab);
  const ids = [0, 7, vocab - 1];
  const biasValues = [5, -100, 2.5];
  const [actual] = await lab.call('run', 'apply_logit_bias_inplace', [
    float(logits, [1, vocab]),
    int(ids.map(() => 0)),
    int(ids),
    float(biasValues),
  ]);
  const biases = new Map(ids.map((id, i) => [id, biasValues[i]!]));
  const off = distance(actual!, bias(logits, biases));
  return off < 1e-6 ? [] : [`logit bias is off by ${off}`];
}

async function bitmaskFailures(lab: LabPage, vocab: number): Promise<string[]> {
  const logits = someLogits(vocab);
  const allowed = Array.from({ length: Math.ceil(vocab / 32) }, (_, i) => Math.imul(i + 1, 0x9e3779b1) | 0);
  const [actual] = await lab.call('run', 'apply_bitmask_inplace', [
    float(logits, [1, vocab]),
    int([0]),
    int(allowed, [1, allowed.length]),
  ]);
  const expected = mask(logits, allowed);
  const wrong = actual!.findIndex((v, i) => v !== Math.fround(expected[i]!));
  return wrong < 0 ? [] : [`the bitmask is wrong at token ${wrong}`];
}

async function softmaxFailures(lab: LabPage, vocab: number): Promise<string[]> {
  const failures: string[] = [];
  const masked = someLogits(vocab).map((v, i) => (i % 3 === 0 ? LOWEST : v));
  for (const temperature of [1, 0.3, 2, 1e-6]) {
    for (const logits of [someLogits(vocab), masked]) {
      const [probs] = await lab.call('run', 'softmax_with_temperature', [
        float(logits, [1, 1, vocab]),
        float([temperature]),
      ]);
      const off = distance(probs!, softmax(logits, temperature));
      if (!(off < 1e-4)) failures.push(`softmax at temperature ${temperature} is off by ${off}`);
    }
  }
  return failures;
}

/** Multiples of 2^-16 that sum to 1, with many equal ones, so that float32 sums are exact. */
function exactProbs(vocab: number): number[] {
  const parts = Array.from({ length: vocab }, (_, i) => 1 + (Math.imul(i, 2654435761) >>> 28));
  const rest = 65536 * 2 - parts.reduce((a, b) => a + b);
  return parts.map((part, i) => (i === 17 ? part + rest : part) / (65536 * 2));
}

async function sortFailures(lab: LabPage, vocab: number): Promise<string[]> {
  const failures: string[] = [];
  for (const probs of [exactProbs(vocab), softmax(someLogits(vocab), 1).map(Math.fround)]) {
    const expected = argsort(probs);
    const [sorted, ids] = await lab.call('run', 'argsort_probs', [float(probs, [1, vocab])]);
    const wrong = expected.findIndex((id, i) => ids![i] !== id || sorted![i] !== probs[id]);
    if (wrong >= 0 || ids!.length !== vocab) failures.push(`the sort is wrong at place ${wrong}`);
  }
  return failures;
}

async function sampleFailures(lab: LabPage, vocab: number): Promise<string[]> {
  const failures: string[] = [];
  const probs = exactProbs(vocab);
  const ids = argsort(probs);
  const sorted = ids.map((id) => probs[id]!);
  for (const topP of [1e-5, 0.25, 0.5, 0.9, 1]) {
    for (const uniform of [0, 0.125, 0.5, 0.75, 0.9375, 0.9990234375]) {
      const [token] = await lab.call('run', 'sample_with_top_p', [
        float(sorted, [1, vocab]),
        int(ids, [1, vocab]),
        float([uniform]),
        int([0]),
        float([topP]),
      ]);
      const expected = ids[sampleTopP(sorted, uniform, Math.fround(topP))];
      if (token![0] !== expected) failures.push(`top_p ${topP} at ${uniform}: ${token![0]}, not ${expected}`);
    }
  }
  return failures;
}

/** Everything between logits and a token, against the reference. */
export async function samplingFailures(lab: LabPage, vocab: number): Promise<string[]> {
  const checks = [
    penaltyFailures,
    biasFailures,
    bitmaskFailures,
    softmaxFailures,
    sortFailures,
    sampleFailures,
  ];
  const failures: string[] = [];
  for (const check of checks) failures.push(...(await check(lab, vocab)));
  return failures;
}
