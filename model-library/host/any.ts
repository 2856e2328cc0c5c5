/**
 * Values as they cross the ABI (tvm-ffi 0.1, wasm32, little endian). Arguments come as an array of these.
 *
 *     TVMFFIAny, 16 bytes        0        4          8                16
 *                                | type   | 0        | value          |
 *
 *     value: i64 | f64 | pointer (low word) | device {i32 type, i32 id}
 */

/** Type indexes of tvm-ffi. From 64 on, the value is a pointer to a reference-counted object. */
export namespace Type {
  export const None: i32 = 0;
  export const Int: i32 = 1;
  export const Bool: i32 = 2;
  export const Float: i32 = 3;
  export const Pointer: i32 = 4;
  export const RawStr: i32 = 8;
  export const ByteArray: i32 = 9;
  export const FirstObject: i32 = 64;
  export const Str: i32 = 65;
  export const Bytes: i32 = 66;
  export const Function: i32 = 68;
  export const Shape: i32 = 69;
  export const Tensor: i32 = 70;
  export const Array: i32 = 71;
  export const Module: i32 = 73;
  /** Ours; the engine treats it as an opaque object. */
  export const KvCache: i32 = 128;
}

@unmanaged
export class Any {
  type: i32;
  zero: u32;
  int: i64;

  get pointer(): usize {
    return usize(this.int);
  }

  get isObject(): bool {
    return this.type >= Type.FirstObject;
  }

  /** A number that the engine sent as Int or Float, as an integer. */
  get whole(): i64 {
    return this.type == Type.Float ? i64(this.float) : this.int;
  }

  get float(): f64 {
    return reinterpret<f64>(this.int);
  }

  /** The device type of a Device value (1 cpu, 15 webgpu). */
  get deviceType(): i32 {
    return i32(this.int);
  }

  set(type: i32, value: i64): void {
    this.type = type;
    this.zero = 0;
    this.int = value;
  }

  setNone(): void {
    this.set(Type.None, 0);
  }

  setInt(value: i64): void {
    this.set(Type.Int, value);
  }

  /** For sizes too: the engine keeps only the low 32 bits of an Int, but all 53 of a Float. */
  setFloat(value: f64): void {
    this.set(Type.Float, reinterpret<i64>(value));
  }

  setPointer(value: usize): void {
    this.set(Type.Pointer, i64(value));
  }

  setRawStr(value: usize): void {
    this.set(Type.RawStr, i64(value));
  }
}

export const ANY_SIZE: usize = 16;

/** The `index`-th of an array of values. */
export function at(args: Any, index: i32): Any {
  return changetype<Any>(changetype<usize>(args) + usize(index) * ANY_SIZE);
}
