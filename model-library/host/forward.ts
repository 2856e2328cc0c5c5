/**
 * The model itself: embedding, prefill of a chunk and decode of one token, as lists of kernel launches.
 *
 *     decode, per layer        prefill, per layer
 *     norm + qkv               norm, qkv
 *     rotary + append +        rotary + append
 *       attention              attention
 *     output + residual        output + residual
 *     norm + gate/up + silu    norm, gate/up, silu
 *     down + residual          down + residual
 *
 * Both end with the norm and the head of the last row only.
 */
import { Any, Type, at } from './any';
import { newBuffer } from './device';
import { error } from './errors';
import { groupsOf, launch } from './kernels';
import { KvCache, expectKv, takeForward } from './kv';
import { give, item, newArray, release, retain } from './objects';
import { Dtype, Tensor, expectGpu, newGpuTensor } from './tensor';
import { EMBED, FINAL_NORM, HEAD, Layer, expectParams, inLayer, param } from './weights';
import {
  CHUNK,
  FFN,
  HEADS,
  HEAD_DIM,
  HIDDEN,
  KV_HEADS,
  Kernel,
  LAYERS,
  TOKENS_PER_GROUP,
  VOCAB,
  columnGroups,
} from '../generated/model';

const ATTENTION = HEADS * HEAD_DIM;
const QKV = ATTENTION + 2 * KV_HEADS * HEAD_DIM;

// --- Scratch buffers for one chunk, made at the first use and kept ---------------------------------------------------

/** The residual stream after attention, and after the feed-forward block. */
let middle: u32 = 0;
let stream: u32 = 0;
let normed: u32 = 0;
let qkv: u32 = 0;
let attended: u32 = 0;
let gateUp: u32 = 0;
let activated: u32 = 0;

function scratch(width: u32): u32 {
  return newBuffer(u64(CHUNK) * u64(width) * 4);
}

function ensureScratch(): bool {
  if (activated != 0) return true;
  middle = scratch(HIDDEN);
  stream = scratch(HIDDEN);
  normed = scratch(HIDDEN);
  qkv = scratch(QKV);
  attended = scratch(ATTENTION);
  gateUp = scratch(2 * FFN);
  activated = scratch(FFN);
  return (
    middle != 0 && stream != 0 && normed != 0 && qkv != 0 && attended != 0 && gateUp != 0 && activated != 0
  );
}

// --- Steps --------------------------------------------------------------------------------------------------------

/** out = matrix times row `row` of `x`; `extra` is the norm's gain or the residual, as the kernel wants. */
function matvec(kernel: i32, params: usize, weight: i32, x: u32, out: u32, extra: u32, row: u32): bool {
  return launch(kernel)
    .buffer(x)
    .tensor(param(params, weight))
    .tensor(param(params, weight + 1))
    .buffer(out)
    .buffer(extra)
    .value(row)
    .run(columnGroups(kernel));
}

/** out = `count` rows of `x` times matrix, plus `residual` for the kernels with one (0 otherwise). */
function matmul(kernel: i32, params: usize, weight: i32, x: u32, out: u32, residual: u32, count: u32): bool {
  const start = launch(kernel)
    .buffer(x)
    .tensor(param(params, weight))
    .tensor(param(params, weight + 1))
    .buffer(out);
  if (residual != 0) start.buffer(residual);
  return start.value(count).run(columnGroups(kernel), groupsOf(count, TOKENS_PER_GROUP));
}

function norm(params: usize, gain: i32, x: u32, count: u32): bool {
  return launch(Kernel.norm).buffer(x).tensor(param(params, gain)).buffer(normed).run(count);
}

/** One layer for one token: from `x` to `stream`. */
function decodeLayer(kv: KvCache, params: usize, layer: i32, x: u32): bool {
  const at = inLayer(layer, 0);
  const inputGain = param(params, at + Layer.InputNorm).data;
  const postGain = param(params, at + Layer.PostNorm).data;
  return (
    matvec(Kernel.qkv_one, params, at + Layer.Qkv, x, qkv, inputGain, 0) &&
    launch(Kernel.attend_one)
      .buffer(qkv)
      .buffer(kv.turns)
      .buffer(kv.keys(layer))
      .buffer(kv.values(layer))
      .buffer(attended)
      .value(kv.stored)
      .value(kv.capacity)
      .run(HEADS) &&
    matvec(Kernel.output_one, params, at + Layer.Output, attended, middle, x, 0) &&
    matvec(Kernel.gate_up_one, params, at + Layer.GateUp, middle, activated, postGain, 0) &&
    matvec(Kernel.down_one, params, at + Layer.Down, activated, stream, middle, 0)
  );
}

/** Rotary embedding, append and attention of `count` tokens: from `qkv` to `attended`. */
function attendMany(kv: KvCache, layer: i32, count: u32): bool {
  const pairs = count * (HEADS + 2 * KV_HEADS) * (HEAD_DIM / 2);
  return (
    launch(Kernel.rope_many)
      .buffer(qkv)
      .buffer(kv.turns)
      .buffer(kv.keys(layer))
      .buffer(kv.values(layer))
      .value(count)
      .value(kv.stored)
      .value(kv.capacity)
      .run(groupsOf(pairs, 64)) &&
    launch(Kernel.attend_many)
      .buffer(qkv)
      .buffer(kv.keys(layer))
      .buffer(kv.values(layer))
      .buffer(attended)
      .value(count)
      .value(kv.stored)
      .value(kv.capacity)
      .run(groupsOf(count, columnGroups(Kernel.attend_many)), HEADS)
  );
}

/** One layer for `count` tokens: from `x` to `stream`. */
function prefillLayer(kv: KvCache, params: usize, layer: i32, x: u32, count: u32): bool {
  const at = inLayer(layer, 0);
  return (
    norm(params, at + Layer.InputNorm, x, count) &&
    matmul(Kernel.qkv_many, params, at + Layer.Qkv, normed, qkv, 0, count) &&
    attendMany(kv, layer, count) &&
    matmul(Kernel.output_many, params, at + Layer.Output, attended, middle, x, count) &&
    norm(params, at + Layer.PostNorm, middle, count) &&
    matmul(Kernel.gate_up_many, params, at + Layer.GateUp, normed, gateUp, 0, count) &&
    launch(Kernel.swiglu)
      .buffer(gateUp)
      .buffer(activated)
      .value(count)
      .run(groupsOf(count * (FFN / 4), 64)) &&
    matmul(Kernel.down_many, params, at + Layer.Down, activated, stream, middle, count)
  );
}

/** All layers; the result is in `stream`. */
function layers(kv: KvCache, params: usize, embeds: u32, count: u32): bool {
  for (let layer = 0; layer < LAYERS; layer++) {
    const x = layer == 0 ? embeds : stream;
    const fine = count == 1 ? decodeLayer(kv, params, layer, x) : prefillLayer(kv, params, layer, x, count);
    if (!fine) return false;
  }
  return true;
}

// --- What the engine calls ----------------------------------------------------------------------------------------

/** embed(ids int32[n], params) -> float32[n, hidden] */
export function embed(args: Any, count: i32, out: Any, _bound: usize): bool {
  if (count != 2) return error('embed takes ids and parameters').raise();
  const ids = expectGpu(at(args, 0), Dtype.Int32, -1, 'embed, ids');
  const params = expectParams(at(args, 1));
  if (ids === null || params == 0) return false;
  const rows = ids.elements;
  if (rows < 1 || rows > CHUNK) {
    return error('embed takes 1 to ').number(CHUNK).text(' tokens, not ').number(rows).raise();
  }
  const embeds = newGpuTensor(Dtype.Float32, rows, HIDDEN);
  if (embeds === null) return false;
  give(out, Type.Tensor, changetype<usize>(embeds));
  return launch(Kernel.embed)
    .tensor(ids)
    .tensor(param(params, EMBED))
    .tensor(param(params, EMBED + 1))
    .tensor(embeds)
    .value(u32(rows))
    .value(0x7fc00000) // NaN, for tokens outside the vocabulary; WGSL has no constant for it
    .run(groupsOf(u32(rows) * ((HIDDEN + 31) / 32) * 4, 64));
}

/** prefill(embeds float32[1, n, hidden], cache, params) -> [logits float32[1, 1, vocab] of the last token, cache] */
export function prefill(args: Any, count: i32, out: Any, _bound: usize): bool {
  return forward('prefill, embeddings', CHUNK, args, count, out);
}

/** decode(embeds float32[1, 1, hidden], cache, params) -> the same */
export function decode(args: Any, count: i32, out: Any, _bound: usize): bool {
  return forward('decode, embeddings', 1, args, count, out);
}

function forward(what: string, limit: i64, args: Any, count: i32, out: Any): bool {
  if (count != 3) return error(what).text(': 3 arguments are expected').raise();
  const embeds = expectGpu(at(args, 0), Dtype.Float32, -1, what);
  const kv = expectKv(at(args, 1));
  const params = expectParams(at(args, 2));
  if (embeds === null || kv === null || params == 0) return false;
  const rows = embeds.dim(1);
  if (embeds.ndim != 3 || embeds.dim(0) != 1 || embeds.dim(2) != HIDDEN || rows < 1 || rows > limit) {
    return error(what)
      .text(': the shape must be [1, up to ')
      .number(limit)
      .text(', ')
      .number(HIDDEN)
      .text(']')
      .raise();
  }
  if (!ensureScratch() || !takeForward(kv, u32(rows))) return false;
  const logits = newGpuTensor(Dtype.Float32, 1, 1, VOCAB);
  if (logits === null) return false;
  const results = newArray(2);
  give(item(results, 0), Type.Tensor, changetype<usize>(logits));
  retain(changetype<usize>(kv));
  give(item(results, 1), Type.KvCache, changetype<usize>(kv));
  const gain = param(params, FINAL_NORM).data;
  const fine =
    layers(kv, params, embeds.data, u32(rows)) &&
    matvec(Kernel.head, params, HEAD, stream, logits.data, gain, u32(rows - 1));
  if (fine) return give(out, Type.Array, results);
  release(results);
  return false;
}
