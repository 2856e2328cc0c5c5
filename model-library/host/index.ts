/**
 * The C ABI that the engine calls (web-llm 0.2.86, tvm-ffi 0.1). Every `i32` result is 0 if all went well; otherwise
 * the reason is in `TVMFFIWasmGetLastError`, and the engine throws it as an Error.
 */
import { Any, Type } from './any';
import { error, lastError } from './errors';
import { call, newCallback } from './functions';
import { find, register } from './globals';
import { registerBuiltins } from './builtins';
import { registerModel } from './vm';
import { Span, own, release, retain } from './objects';

registerBuiltins();
registerModel();

function status(fine: bool): i32 {
  return fine ? 0 : -1;
}

/** Memory for the engine's call frames and byte arguments, aligned to 16. */
export function TVMWasmAllocSpace(size: i32): usize {
  return heap.alloc(usize(size));
}

export function TVMWasmFreeSpace(address: usize): void {
  heap.free(address);
}

export function TVMFFIWasmGetLastError(): usize {
  return lastError();
}

/** The message of a JavaScript callback that threw; both are C strings. */
export function TVMFFIErrorSetRaisedFromCStr(_kind: usize, message: usize): void {
  let size: usize = 0;
  while (load<u8>(message + size) != 0) size++;
  error('').bytes(message, size).raise();
}

export function TVMFFIObjectIncRef(object: usize): i32 {
  retain(object);
  return 0;
}

export function TVMFFIObjectDecRef(object: usize): i32 {
  release(object);
  return 0;
}

export function TVMFFIAnyViewToOwnedAny(view: usize, out: usize): i32 {
  own(changetype<Any>(view), changetype<Any>(out));
  return 0;
}

export function TVMFFIFunctionCall(fn: usize, args: usize, count: i32, out: usize): i32 {
  return status(call(fn, changetype<Any>(args), count, changetype<Any>(out)));
}

/** A function object around a JavaScript callback. */
export function TVMFFIWasmFunctionCreate(js: usize, out: usize): i32 {
  store<usize>(out, newCallback(js));
  return 0;
}

/** The global function of that name, or 0. */
export function TVMFFIFunctionGetGlobal(name: usize, out: usize): i32 {
  store<usize>(out, find(changetype<Span>(name)));
  return 0;
}

export function TVMFFIFunctionSetGlobal(name: usize, fn: usize, replace: i32): i32 {
  return status(register(changetype<Span>(name), fn, replace != 0));
}

export function TVMFFITypeKeyToIndex(key: usize, out: usize): i32 {
  const name = changetype<Span>(key);
  const type = name.equals('ffi.Array') ? Type.Array : name.equals('ffi.Module') ? Type.Module : Type.None;
  if (type == Type.None) return status(error('Unknown type ').bytes(name.data, name.size).raise());
  store<i32>(out, type);
  return 0;
}
