/** A llama-style forward pass in float64, one token at a time with a KV cache: the truth that the GPU is held to. */
import type { Dims, Layer, Matrix, Model } from './weights.ts';

/** A sequence: keys and values of every layer, a token a row of `kvHeads * headDim`. */
export interface Sequence {
  length: number;
  keys: Float64Array[][];
  values: Float64Array[][];
}

export function newSequence(model: Model): Sequence {
  return { length: 0, keys: model.layers.map(() => []), values: model.layers.map(() => []) };
}

function multiply({ rows, columns, data }: Matrix, x: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = 0, at = row * columns; i < columns; i++, at++) sum += data[at]! * x[i]!;
    out[row] = sum;
  }
  return out;
}

/** RMSNorm: x / sqrt(mean(x^2) + eps) * gain. */
export function normalize(x: Float64Array, gain: Float64Array, eps: number): Float64Array {
  const mean = x.reduce((sum, v) => sum + v * v, 0) / x.length;
  const factor = 1 / Math.sqrt(mean + eps);
  return x.map((v, i) => v * factor * gain[i]!);
}

/** Rotates one head in place: dimension i against i + headDim / 2, by position * theta^(-2i / headDim). */
export function rotate(head: Float64Array, position: number, theta: number): void {
  const half = head.length / 2;
  for (let i = 0; i < half; i++) {
    const angle = position * theta ** ((-2 * i) / head.length);
    const a = head[i]!;
    const b = head[i + half]!;
    head[i] = a * Math.cos(angle) - b * Math.sin(angle);
    head[i + half] = b * Math.cos(angle) + a * Math.sin(angle);
  }
}

/** Attention of one query head over all stored positions. */
function attend(query: Float64Array, keys: Float64Array[], values: Float64Array[], at: number): Float64Array {
  const width = query.length;
  const scores = keys.map((row) => query.reduce((sum, q, i) => sum + q * row[at + i]!, 0) / Math.sqrt(width));
  const highest = scores.reduce((a, b) => Math.max(a, b));
  const weights = scores.map((score) => Math.exp(score - highest));
  const total = weights.reduce((a, b) => a + b);
  const out = new Float64Array(width);
  values.forEach((row, t) => {
    for (let i = 0; i < width; i++) out[i]! += (weights[t]! / total) * row[at + i]!;
  });
  return out;
}

function attention(dims: Dims, qkv: Float64Array, sequence: Sequence, layer: number): Float64Array {
  const { heads, kvHeads, headDim, theta } = dims;
  const head = (i: number): Float64Array => qkv.subarray(i * headDim, (i + 1) * headDim);
  for (let i = 0; i < heads + kvHeads; i++) rotate(head(i), sequence.length, theta);
  sequence.keys[layer]!.push(qkv.slice(heads * headDim, (heads + kvHeads) * headDim));
  sequence.values[layer]!.push(qkv.slice((heads + kvHeads) * headDim));
  const out = new Float64Array(heads * headDim);
  for (let i = 0; i < heads; i++) {
    const kvHead = Math.floor((i * kvHeads) / heads);
    out.set(attend(head(i), sequence.keys[layer]!, sequence.values[layer]!, kvHead * headDim), i * headDim);
  }
  return out;
}

/** silu(gate) * up of a [gate, up] vector. */
export function swiglu(gateUp: Float64Array): Float64Array {
  const half = gateUp.length / 2;
  return Float64Array.from({ length: half }, (_, i) => {
    const gate = gateUp[i]!;
    return (gate / (1 + Math.exp(-gate))) * gateUp[i + half]!;
  });
}

function add(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((v, i) => v + b[i]!);
}

function runLayer(
  dims: Dims,
  layer: Layer,
  index: number,
  x: Float64Array,
  sequence: Sequence,
): Float64Array {
  const qkv = multiply(layer.qkv, normalize(x, layer.inputNorm, dims.eps));
  const middle = add(x, multiply(layer.output, attention(dims, qkv, sequence, index)));
  const gateUp = multiply(layer.gateUp, normalize(middle, layer.postNorm, dims.eps));
  return add(middle, multiply(layer.down, swiglu(gateUp)));
}

/** Appends `ids` to the sequence and returns the logits after the last one. */
export function forward(model: Model, sequence: Sequence, ids: readonly number[]): Float64Array {
  const { dims, embed } = model;
  let x = new Float64Array(dims.hidden);
  for (const id of ids) {
    x = embed.data.slice(id * dims.hidden, (id + 1) * dims.hidden);
    model.layers.forEach((layer, i) => {
      x = new Float64Array(runLayer(dims, layer, i, x, sequence));
    });
    sequence.length++;
  }
  return multiply(model.head, normalize(x, model.norm, dims.eps));
}

/** Index of the highest number; the first of equal ones. */
export function argmax(numbers: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! > numbers[best]!) best = i;
  return best;
}

/** The `count` most likely tokens one after the other, after `ids`. */
export function greedy(model: Model, ids: readonly number[], count: number): number[] {
  const sequence = newSequence(model);
  const tokens: number[] = [];
  let logits = forward(model, sequence, ids);
  for (;;) {
    tokens.push(argmax(logits));
    if (tokens.length >= count) return tokens;
    logits = forward(model, sequence, tokens.slice(-1));
  }
}
