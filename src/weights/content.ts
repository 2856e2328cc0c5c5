import type { Entry } from './journal.ts';

/**
 * Is this what such a file looks like? For the files whose hash nobody published; the first defence against a login
 * page, an error page and a half file.
 */

const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const HEADER_BYTES = WASM_MAGIC.length;

/** Null when the content is plausible, else what is wrong with it. */
export async function contentProblem(entry: Entry, content: Blob): Promise<string | null> {
  if (entry.kind === 'library') return wasmProblem(new Uint8Array(await content.arrayBuffer()));
  if (entry.path.endsWith('.json')) return jsonProblem(await content.text());
  return content.size === 0 ? 'it is empty' : null;
}

/** Walks the sections, so that a module which ends too early is noticed without compiling it. */
export function wasmProblem(bytes: Uint8Array): string | null {
  if (WASM_MAGIC.some((byte, at) => bytes[at] !== byte)) return 'it is not WebAssembly';
  let at = HEADER_BYTES;
  while (at < bytes.length) {
    const size = leb128(bytes, at + 1);
    if (!size) return 'it ends in the middle of a section';
    at = size.next + size.value;
  }
  return at === bytes.length && at > HEADER_BYTES ? null : 'it ends in the middle of a section';
}

function jsonProblem(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? null : 'it is not a JSON record';
  } catch {
    return 'it is not whole JSON';
  }
}

/** An unsigned number as WebAssembly writes it: seven bits a byte, low bits first, the high bit says "more". */
function leb128(bytes: Uint8Array, from: number): { value: number; next: number } | null {
  let value = 0;
  for (let at = from; at < from + 5; at++) {
    const byte = bytes[at];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * (at - from));
    if (byte < 0x80) return { value, next: at + 1 };
  }
  return null;
}
