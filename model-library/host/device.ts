/**
 * GPU memory through the engine's device API, which it registers as the global function `wasm.WebGPUDeviceAPI`
 * (name) -> function. A buffer is a number: its index in the engine's table.
 *
 * Buffers that are given back are kept for the next request of the same size. Creating one costs the engine three
 * error scopes, and destroying one makes it submit all pending work; a token needs about ten.
 */
import { Any, at } from './any';
import { error } from './errors';
import { call } from './functions';
import { findCallback } from './globals';

const args: Any = changetype<Any>(memory.data(5 * 16, 8));
const result: Any = changetype<Any>(memory.data(16, 8));

let allocate: usize = 0;
let destroy: usize = 0;
let copyIn: usize = 0;
let copyOut: usize = 0;
let copyWithin: usize = 0;

/** Fetches one function of the device API; 0 (with an error) if the engine has no GPU. */
function fetch(name: string): usize {
  const api = findCallback('wasm.WebGPUDeviceAPI');
  if (api == 0) {
    error('WebGPU is not initialized').raise();
    return 0;
  }
  at(args, 0).setRawStr(cString(name));
  return call(api, args, 1, result) ? result.pointer : 0;
}

const nameBuffer: usize = memory.data(64);

function cString(text: string): usize {
  for (let i = 0; i < text.length; i++) store<u8>(nameBuffer + i, u8(text.charCodeAt(i)));
  store<u8>(nameBuffer + text.length, 0);
  return nameBuffer;
}

// --- Buffers kept for reuse ---------------------------------------------------------------------------------------

const KEPT_LIMIT = 48;
/** Larger buffers (weights, caches) are destroyed at once. */
const KEPT_BYTES: u64 = 4 << 20;
const keptSizes: usize = memory.data(48 * 8, 8);
const keptBuffers: usize = memory.data(48 * 4, 8);
let kept = 0;

function roundUp(bytes: u64): u64 {
  return (max<u64>(bytes, 16) + 15) & ~15;
}

function takeKept(bytes: u64): u32 {
  for (let i = kept - 1; i >= 0; i--) {
    if (load<u64>(keptSizes + (usize(i) << 3)) != bytes) continue;
    const buffer = load<u32>(keptBuffers + (usize(i) << 2));
    dropKept(i);
    return buffer;
  }
  return 0;
}

/** Forgets entry `index`, keeping the order: the oldest stays first. */
function dropKept(index: i32): void {
  kept--;
  const rest = usize(kept - index);
  memory.copy(keptSizes + (usize(index) << 3), keptSizes + (usize(index + 1) << 3), rest << 3);
  memory.copy(keptBuffers + (usize(index) << 2), keptBuffers + (usize(index + 1) << 2), rest << 2);
}

/** A GPU buffer of at least `bytes`; 0 if that failed. */
export function newBuffer(bytes: u64): u32 {
  const size = roundUp(bytes);
  const old = takeKept(size);
  if (old != 0) return old;
  if (allocate == 0) allocate = fetch('deviceAllocDataSpace');
  if (allocate == 0) return 0;
  at(args, 0).setFloat(f64(size));
  return call(allocate, args, 1, result) ? u32(result.whole) : 0;
}

/** Gives a buffer of `newBuffer(bytes)` back. */
export function dropBuffer(buffer: u32, bytes: u64): void {
  const size = roundUp(bytes);
  if (size > KEPT_BYTES) return destroyBuffer(buffer);
  if (kept == KEPT_LIMIT) {
    destroyBuffer(load<u32>(keptBuffers));
    dropKept(0);
  }
  store<u64>(keptSizes + (usize(kept) << 3), size);
  store<u32>(keptBuffers + (usize(kept) << 2), buffer);
  kept++;
}

function destroyBuffer(buffer: u32): void {
  if (destroy == 0) destroy = fetch('deviceFreeDataSpace');
  at(args, 0).setPointer(buffer);
  if (destroy != 0) call(destroy, args, 1, result);
}

// --- Copies; offsets and sizes in bytes, offsets on the GPU multiples of 4 ------------------------------------------

/** Copies `bytes` at `from` in this module's memory to the GPU. */
export function copyToGpu(from: usize, to: u32, toOffset: u64, bytes: u64): bool {
  if (copyIn == 0) copyIn = fetch('deviceCopyToGPU');
  if (copyIn == 0) return false;
  at(args, 0).setPointer(from);
  at(args, 1).setPointer(to);
  at(args, 2).setFloat(f64(toOffset));
  at(args, 3).setFloat(f64(bytes));
  return call(copyIn, args, 4, result);
}

/** Starts a copy to `to` in this module's memory; it is complete after the engine's next `device.sync()`. */
export function copyFromGpu(from: u32, fromOffset: u64, to: usize, bytes: u64): bool {
  if (copyOut == 0) copyOut = fetch('deviceCopyFromGPU');
  if (copyOut == 0) return false;
  at(args, 0).setPointer(from);
  at(args, 1).setFloat(f64(fromOffset));
  at(args, 2).setPointer(to);
  at(args, 3).setFloat(f64(bytes));
  return call(copyOut, args, 4, result);
}

export function copyOnGpu(from: u32, fromOffset: u64, to: u32, toOffset: u64, bytes: u64): bool {
  if (copyWithin == 0) copyWithin = fetch('deviceCopyWithinGPU');
  if (copyWithin == 0) return false;
  at(args, 0).setPointer(from);
  at(args, 1).setFloat(f64(fromOffset));
  at(args, 2).setPointer(to);
  at(args, 3).setFloat(f64(toOffset));
  at(args, 4).setFloat(f64(bytes));
  return call(copyWithin, args, 5, result);
}
