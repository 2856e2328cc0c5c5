/**
 * Reference-counted objects of the ABI.
 *
 *     header, 24 bytes      0             8       12     16               24
 *                           | u64 refs    | type  | 0    | u64 deleter    | ...
 *
 *     Str, Bytes            24 data  28 size            the bytes follow, with a final 0
 *     Shape                 24 data  28 size            `size` i64 follow
 *     Array                 24 size                     `size` Any follow from 32
 *     Function              24 native  28 js  32 bound
 *     Module                24 kind  28 held
 *     Tensor                24 DLTensor, see tensor.ts
 *
 * Ownership: whoever gets an object from a `new…` function owns one reference. The engine owns what we return and
 * releases it with `TVMFFIObjectDecRef`; arguments stay the engine's. An object that keeps another one retains it, and
 * its `drop` releases it.
 */
import { ANY_SIZE, Any, Type, at } from './any';

@unmanaged
export class Obj {
  refs: u64;
  type: i32;
  flags: u32;
  /** Table index of the function that releases what the object holds; 0 if it holds nothing. */
  drop: u32;
  dropHigh: u32;
}

type Drop = (object: usize) => void;

/** A new object of `size` zeroed bytes with one reference. */
export function newObject(type: i32, size: usize, drop: Drop | null): usize {
  const object = changetype<Obj>(heap.alloc(size));
  memory.fill(changetype<usize>(object), 0, size);
  object.refs = 1;
  object.type = type;
  object.drop = drop === null ? 0 : drop.index;
  return changetype<usize>(object);
}

export function retain(object: usize): void {
  changetype<Obj>(object).refs++;
}

export function release(object: usize): void {
  const header = changetype<Obj>(object);
  if (--header.refs > 0) return;
  if (header.drop != 0) call_indirect<void>(header.drop, object);
  heap.free(object);
}

// --- Str and Bytes ------------------------------------------------------------------------------------------------

/** `{data, size}`: the payload of Str and Bytes, and the ABI's own `TVMFFIByteArray`. */
@unmanaged
export class Span {
  data: usize;
  size: usize;

  /** True if the bytes are the ASCII characters of `text`. */
  equals(text: string): bool {
    if (usize(text.length) != this.size) return false;
    for (let i = 0; i < text.length; i++) {
      if (u16(load<u8>(this.data + i)) != u16(text.charCodeAt(i))) return false;
    }
    return true;
  }

  same(other: Span): bool {
    return this.size == other.size && memory.compare(this.data, other.data, this.size) == 0;
  }
}

const HEADER: usize = 24;

/** The payload of an object that starts with `{data, size}`. */
export function spanOf(object: usize): Span {
  return changetype<Span>(object + HEADER);
}

/** A Str or Bytes object with a copy of the bytes. */
export function newBytes(type: i32, data: usize, size: usize): usize {
  const payload = HEADER + offsetof<Span>();
  const object = newObject(type, payload + size + 1, null);
  spanOf(object).data = object + payload;
  spanOf(object).size = size;
  memory.copy(object + payload, data, size);
  return object;
}

const raw: Span = changetype<Span>(memory.data(8, 8));

/** The text of a string argument: a C string, a byte array or a Str. Valid until the next call. */
export function textOf(value: Any): Span {
  if (value.type != Type.RawStr) {
    return value.isObject ? spanOf(value.pointer) : changetype<Span>(value.pointer);
  }
  raw.data = value.pointer;
  raw.size = 0;
  while (load<u8>(raw.data + raw.size) != 0) raw.size++;
  return raw;
}

// --- Shape --------------------------------------------------------------------------------------------------------

/** A Shape object with room for `size` numbers, all 0. */
export function newShape(size: i32): usize {
  const payload = HEADER + offsetof<Span>();
  const object = newObject(Type.Shape, payload + usize(size) * 8, null);
  spanOf(object).data = object + payload;
  spanOf(object).size = usize(size);
  return object;
}

export function dim(shape: usize, index: i32): i64 {
  return load<i64>(spanOf(shape).data + (usize(index) << 3));
}

export function setDim(shape: usize, index: i32, value: i64): void {
  store<i64>(spanOf(shape).data + (usize(index) << 3), value);
}

// --- Array --------------------------------------------------------------------------------------------------------

const ITEMS: usize = 32;

/** An Array of `size` empty values. */
export function newArray(size: i32): usize {
  const array = newObject(Type.Array, ITEMS + usize(size) * ANY_SIZE, dropArray);
  store<i32>(array, size, HEADER);
  return array;
}

export function sizeOf(array: usize): i32 {
  return load<i32>(array, HEADER);
}

export function item(array: usize, index: i32): Any {
  return at(changetype<Any>(array + ITEMS), index);
}

function dropArray(array: usize): void {
  for (let i = 0; i < sizeOf(array); i++) {
    if (item(array, i).isObject) release(item(array, i).pointer);
  }
}

// --- Owned values -------------------------------------------------------------------------------------------------

/** Puts an object that the caller owns into `out`; the reference moves along. */
export function give(out: Any, type: i32, object: usize): bool {
  out.set(type, i64(object));
  return true;
}

/** Writes to `out` a value with a reference of its own: views of strings become objects. `out` may be `value`. */
export function own(value: Any, out: Any): void {
  if (value.type == Type.RawStr || value.type == Type.ByteArray) {
    const text = textOf(value);
    const type = value.type == Type.RawStr ? Type.Str : Type.Bytes;
    give(out, type, newBytes(type, text.data, text.size));
    return;
  }
  if (value.isObject) retain(value.pointer);
  out.set(value.type, value.int);
}
