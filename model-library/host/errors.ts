/**
 * Errors without exceptions: a function that fails leaves one sentence here and returns false (or null). At the C ABI
 * that becomes -1, and the engine throws `new Error(<the sentence>)`, which it reads with `TVMFFIWasmGetLastError`.
 *
 *     return error("The KV cache is full: ").number(used).text(" tokens").raise();
 */

const CAPACITY: usize = 512;
const buffer: usize = memory.data(512);
let length: usize = 0;

/** Builds the sentence in place; what does not fit is cut off. */
@unmanaged
class Sentence {
  text(part: string): Sentence {
    for (let i = 0; i < part.length; i++) put(u8(part.charCodeAt(i)));
    return this;
  }

  /** Appends `size` bytes at `data`, e.g. a name that came from the engine. */
  bytes(data: usize, size: usize): Sentence {
    for (let i: usize = 0; i < size; i++) put(load<u8>(data + i));
    return this;
  }

  number(value: i64): Sentence {
    if (value < 0) put(45 /* - */);
    const magnitude: u64 = value < 0 ? u64(-value) : u64(value);
    let divisor: u64 = 1;
    while (magnitude / divisor >= 10) divisor *= 10;
    for (; divisor > 0; divisor /= 10) put(u8(48 + ((magnitude / divisor) % 10)));
    return this;
  }

  raise(): bool {
    return false;
  }
}

function put(char: u8): void {
  if (length + 1 >= CAPACITY) return;
  store<u8>(buffer + length, char);
  store<u8>(buffer + ++length, 0);
}

/** Starts a new error sentence; forgets the last one. */
export function error(start: string): Sentence {
  length = 0;
  store<u8>(buffer, 0);
  return changetype<Sentence>(buffer).text(start);
}

/** The last error as a C string. */
export function lastError(): usize {
  return buffer;
}

/** Replaces AssemblyScript's `abort`, which would be an import that no engine offers. Unreachable unless we have a bug. */
export function abort(_message: usize, _file: usize, _line: u32, _column: u32): void {
  unreachable();
}
