import { EngineError } from '../engine/engine.ts';
import type { GivenFile } from './weights.ts';

/**
 * Tar (ustar), both ways, over Blobs. Written here because a tar of Blobs is a Blob: only 512-byte headers are made,
 * the browser streams the rest from the store when the file is saved, and nothing is ever copied through this thread.
 * Libraries for tar pump every byte through JavaScript.
 *
 *     header (512)  content  zeros up to a multiple of 512   …   two blocks of zeros
 *     name 0-99, mode 100, uid 108, gid 116, size 124 (octal), mtime 136, checksum 148, type 156, "ustar" 257, prefix 345
 */
const BLOCK = 512;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;
const MAX_FILES = 20_000;

export function writeTar(files: GivenFile[]): Blob {
  const parts: BlobPart[] = [];
  for (const { path, blob } of files) {
    parts.push(header(path, blob.size), blob, new Uint8Array((BLOCK - (blob.size % BLOCK)) % BLOCK));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return new Blob(parts, { type: 'application/x-tar' });
}

/** The plain files of a tar, as slices of it. Throws `not-a-model` for anything that is not a sound tar. */
export async function readTar(tar: Blob): Promise<GivenFile[]> {
  const files: GivenFile[] = [];
  for (let at = 0; at + BLOCK <= tar.size;) {
    const block = new Uint8Array(await tar.slice(at, at + BLOCK).arrayBuffer());
    if (block.every((byte) => byte === 0)) return files;
    const size = octal(block, 124, 12);
    const isSound =
      octal(block, 148, 8) === checksum(block) && size !== null && at + BLOCK + size <= tar.size;
    if (!isSound || size === null || files.length >= MAX_FILES) break;
    const type = block[156];
    const isPlain = type === 0 || type === 0x30;
    if (isPlain) files.push({ path: pathOf(block), blob: tar.slice(at + BLOCK, at + BLOCK + size) });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  const hint = 'Export the model again, or copy the file again.';
  throw new EngineError('not-a-model', 'This file is damaged, or is not an exported model.', hint);
}

function header(path: string, size: number): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK);
  const [prefix, name] = split(path);
  const fields: [number, string][] = [
    [0, name],
    [100, '0000644\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, `${size.toString(8).padStart(11, '0')}\0`],
    [136, '00000000000\0'], // no date: the same model gives the same file
    [156, '0'],
    [257, 'ustar\u000000'],
    [345, prefix],
  ];
  for (const [at, value] of fields) block.set(new TextEncoder().encode(value), at);
  block.set(new TextEncoder().encode(`${checksum(block).toString(8).padStart(6, '0')}\0 `), 148);
  return block;
}

/** Long paths are cut at a slash: what comes before goes into the prefix. Paths are ASCII (see `isSafePath`). */
function split(path: string): [string, string] {
  if (path.length <= NAME_BYTES) return ['', path];
  const cut = path.indexOf('/', path.length - NAME_BYTES - 1);
  if (cut > 0 && cut <= PREFIX_BYTES) return [path.slice(0, cut), path.slice(cut + 1)];
  throw new EngineError(
    'bad-request',
    `The name ${path} is too long for a tar file.`,
    'This model cannot be exported.',
  );
}

/** Sum of all bytes, its own field counted as spaces. */
function checksum(block: Uint8Array): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);
}

function pathOf(block: Uint8Array): string {
  const prefix = text(block, 345, PREFIX_BYTES);
  const name = text(block, 0, NAME_BYTES);
  return prefix ? `${prefix}/${name}` : name;
}

function octal(block: Uint8Array, at: number, length: number): number | null {
  const digits = text(block, at, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

function text(block: Uint8Array, at: number, length: number): string {
  const bytes = block.subarray(at, at + length);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
