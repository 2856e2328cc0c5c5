/**
 * Global functions by name: those the engine registers (`TVMFFIFunctionSetGlobal`), and ours (see builtins.ts).
 */
import { Span, newBytes, release, retain, spanOf } from './objects';
import { Table, newNative } from './functions';
import { Type } from './any';
import { error } from './errors';

const CAPACITY = 64;

/** Our own functions. */
export const builtins: Table = Table.create(CAPACITY);

/** The engine's: pairs of a Str object and a function object. */
const registered: usize = memory.data(64 * 8, 8);
let count = 0;

function slot(index: i32): usize {
  return registered + (usize(index) << 3);
}

function position(name: Span): i32 {
  for (let i = 0; i < count; i++) {
    if (spanOf(load<usize>(slot(i))).same(name)) return i;
  }
  return -1;
}

/** Keeps `callback` under `name`; it replaces an earlier one only if `replace` says so. */
export function register(name: Span, callback: usize, replace: bool): bool {
  const old = position(name);
  if (old >= 0 && !replace) {
    return error('Global function is already registered: ').bytes(name.data, name.size).raise();
  }
  if (old < 0 && count == CAPACITY) return error('Too many global functions').raise();
  const index = old < 0 ? count++ : old;
  if (old < 0) store<usize>(slot(index), newBytes(Type.Str, name.data, name.size));
  else release(load<usize>(slot(index), 4));
  retain(callback);
  store<usize>(slot(index), callback, 4);
  return true;
}

/** The engine's function of that name, or 0. The table keeps owning it. */
export function findCallback(name: string): usize {
  for (let i = 0; i < count; i++) {
    if (spanOf(load<usize>(slot(i))).equals(name)) return load<usize>(slot(i), 4);
  }
  return 0;
}

/** A function object that the caller owns, or 0 if there is none of that name. */
export function find(name: Span): usize {
  for (let i = 0; i < builtins.size; i++) {
    if (name.equals(builtins.name(i))) return newNative(builtins.native(i), 0);
  }
  const index = position(name);
  if (index < 0) return 0;
  retain(load<usize>(slot(index), 4));
  return load<usize>(slot(index), 4);
}
