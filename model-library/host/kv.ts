/**
 * The KV cache of one sequence, on the GPU, in float32: for every layer one buffer of keys, [kv head, head dim,
 * capacity], and one of values, [position, kv head, head dim], and one table of rotary cosines and sines,
 * [position, head dim / 2, 2]. Keys lie the other way round because decode gives every thread a position of its own.
 *
 *     begin_forward(n): announces n tokens; the forward appends them   stored        stored + pending   capacity
 *     end_forward():    makes them part of the sequence                |#############|..................|
 *
 * The engine calls the kind "paged"; with a single sequence there is nothing to page, so positions are contiguous.
 */
import { Any, Type, at } from './any';
import { copyToGpu, dropBuffer, newBuffer } from './device';
import { error } from './errors';
import { dim, give, newObject, release, spanOf } from './objects';
import { CHUNK, HEAD_DIM, KV_HEADS, LAYERS, rotaryFrequency } from '../generated/model';

@unmanaged
export class KvCache {
  private refs: u64;
  private type: i32;
  private flags: u32;
  private drop: u64;
  /** Tokens that fit. */
  capacity: u32;
  /** Tokens of the sequence so far. */
  stored: u32;
  /** Tokens announced by begin_forward. */
  pending: u32;
  /** True between begin_forward and the forward itself. */
  begun: bool;
  /** True once the forward has written the pending tokens. */
  written: bool;
  hasSequence: bool;
  sequence: i64;
  /** Buffer with the rotary table. */
  turns: u32;
  private buffers: u32; // 2 * LAYERS of them follow

  private buffer(index: i32): usize {
    return changetype<usize>(this) + offsetof<KvCache>('buffers') + (usize(index) << 2);
  }

  keys(layer: i32): u32 {
    return load<u32>(this.buffer(2 * layer));
  }

  values(layer: i32): u32 {
    return load<u32>(this.buffer(2 * layer + 1));
  }

  get cacheBytes(): u64 {
    return u64(this.capacity) * u64(KV_HEADS * HEAD_DIM * 4);
  }

  get turnsBytes(): u64 {
    return u64(this.capacity) * u64((HEAD_DIM / 2) * 8);
  }

  /** Allocates everything; false if a buffer could not be had. */
  fill(): bool {
    for (let i = 0; i < 2 * LAYERS; i++) {
      const buffer = newBuffer(this.cacheBytes);
      if (buffer == 0) return false;
      store<u32>(this.buffer(i), buffer);
    }
    this.turns = newBuffer(this.turnsBytes);
    return this.turns != 0 && this.fillTurns();
  }

  /** cos and sin in float64: a GPU's own lose their precision at large angles. */
  private fillTurns(): bool {
    const rowBytes: usize = (HEAD_DIM / 2) * 8;
    const block = heap.alloc(rowBytes * TURNS_AT_ONCE);
    let fine = true;
    for (let first: u32 = 0; first < this.capacity && fine; first += TURNS_AT_ONCE) {
      const count = min<u32>(TURNS_AT_ONCE, this.capacity - first);
      for (let i: u32 = 0; i < count; i++) writeTurns(block + i * rowBytes, first + i);
      fine = copyToGpu(block, this.turns, u64(first) * rowBytes, u64(count) * rowBytes);
    }
    heap.free(block);
    return fine;
  }

  reset(): void {
    this.stored = 0;
    this.pending = 0;
    this.begun = false;
    this.written = false;
    this.hasSequence = false;
  }
}

/** Positions of the rotary table that are copied to the GPU in one go. */
const TURNS_AT_ONCE: u32 = 128;

/** Cosines and sines of one position. */
function writeTurns(row: usize, position: u32): void {
  for (let i = 0; i < HEAD_DIM / 2; i++) {
    const angle = f64(position) * rotaryFrequency(i);
    store<f32>(row + (usize(i) << 3), f32(Math.cos(angle)));
    store<f32>(row + (usize(i) << 3), f32(Math.sin(angle)), 4);
  }
}

const BINDING_LIMIT: u64 = 128 << 20;

function dropKvCache(object: usize): void {
  const kv = changetype<KvCache>(object);
  for (let i = 0; i < LAYERS; i++) {
    if (kv.keys(i) != 0) dropBuffer(kv.keys(i), kv.cacheBytes);
    if (kv.values(i) != 0) dropBuffer(kv.values(i), kv.cacheBytes);
  }
  if (kv.turns != 0) dropBuffer(kv.turns, kv.turnsBytes);
}

/** (max sequences, capacity, prefill chunk, page size, sliding window), each a Shape of one number -> KvCache */
export function createKvCache(args: Any, count: i32, out: Any, _bound: usize): bool {
  if (count != 5) return error('create_tir_paged_kv_cache takes 5 shapes').raise();
  const sequences = dim(at(args, 0).pointer, 0);
  const capacity = dim(at(args, 1).pointer, 0);
  const chunk = dim(at(args, 2).pointer, 0);
  if (sequences != 1) return error('The KV cache holds one sequence, not ').number(sequences).raise();
  if (dim(at(args, 4).pointer, 0) != 0) return error('This library has no sliding window').raise();
  if (chunk > CHUNK) return error('The prefill chunk can be at most ').number(CHUNK).raise();
  if (capacity < 1 || u64(capacity) * u64(KV_HEADS * HEAD_DIM * 4) > BINDING_LIMIT) {
    return error('A KV cache of ').number(capacity).text(' tokens is not possible').raise();
  }
  const size = offsetof<KvCache>('buffers') + 2 * LAYERS * 4;
  const kv = changetype<KvCache>(newObject(Type.KvCache, size, dropKvCache));
  kv.capacity = u32(capacity);
  if (kv.fill()) return give(out, Type.KvCache, changetype<usize>(kv));
  release(changetype<usize>(kv));
  return false;
}

/** The cache behind an argument, or null with an error. */
export function expectKv(value: Any): KvCache | null {
  if (value.type == Type.KvCache) return changetype<KvCache>(value.pointer);
  error('A KV cache is expected').raise();
  return null;
}

/** (cache): forgets the sequence. */
export function kvClear(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const kv = expectKv(at(args, 0));
  if (kv === null) return false;
  kv.reset();
  return true;
}

/** (cache, sequence id) */
export function kvAdd(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const kv = expectKv(at(args, 0));
  if (kv === null) return false;
  const id = at(args, 1).whole;
  if (kv.hasSequence) {
    return error('Cannot add sequence ')
      .number(id)
      .text(': the KV cache already holds sequence ')
      .number(kv.sequence)
      .raise();
  }
  kv.reset();
  kv.hasSequence = true;
  kv.sequence = id;
  return true;
}

function expectSequence(kv: KvCache, id: i64): bool {
  if (kv.hasSequence && kv.sequence == id) return true;
  return error('The KV cache has no sequence ').number(id).raise();
}

/** (cache, sequence id) */
export function kvRemove(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const kv = expectKv(at(args, 0));
  if (kv === null || !expectSequence(kv, at(args, 1).whole)) return false;
  kv.reset();
  return true;
}

/**
 * (cache, Shape of sequence ids, Shape of lengths). Beginning again before the end replaces the announcement: that is
 * how the engine goes on after a forward that failed.
 */
export function kvBegin(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const kv = expectKv(at(args, 0));
  if (kv === null) return false;
  const ids = at(args, 1).pointer;
  const lengths = at(args, 2).pointer;
  if (spanOf(ids).size != 1 || spanOf(lengths).size != 1) return error('One sequence at a time').raise();
  if (!expectSequence(kv, dim(ids, 0))) return false;
  const length = dim(lengths, 0);
  if (length < 1 || length > CHUNK) {
    return error('A forward takes 1 to ').number(CHUNK).text(' tokens, not ').number(length).raise();
  }
  kv.begun = false;
  kv.written = false;
  if (u64(kv.stored) + u64(length) > u64(kv.capacity)) {
    return error('The KV cache is full: ')
      .number(kv.stored)
      .text(' of ')
      .number(kv.capacity)
      .text(' tokens are stored, ')
      .number(length)
      .text(' more do not fit')
      .raise();
  }
  kv.pending = u32(length);
  kv.begun = true;
  return true;
}

/** (cache) */
export function kvEnd(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const kv = expectKv(at(args, 0));
  if (kv === null) return false;
  if (!kv.written) return error('end_forward without a forward').raise();
  kv.stored += kv.pending;
  kv.pending = 0;
  kv.written = false;
  return true;
}

/** Checks that a forward of `length` tokens was announced, and marks it as done. */
export function takeForward(kv: KvCache, length: u32): bool {
  if (!kv.begun) return error('A forward needs begin_forward first').raise();
  if (kv.pending != length) {
    return error('begin_forward announced ')
      .number(kv.pending)
      .text(' tokens, but ')
      .number(length)
      .text(' came')
      .raise();
  }
  kv.begun = false;
  kv.written = true;
  return true;
}
