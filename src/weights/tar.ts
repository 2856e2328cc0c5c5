import { createTarDecoder, createTarPacker, type TarHeader } from 'modern-tar';
import type { GivenFile } from './weights.ts';

/**
 * Tar, both ways, over Blobs: nothing but headers passes through this thread. A library writes and reads them, and the
 * browser streams the content: out of the store when the file is saved, out of the visitor's file when it is imported.
 */

const BLOCK = 512;
/** More than any model has. */
const MAX_ENTRIES = 10_000;
/** The same model gives the same file. */
const NO_DATE = new Date(0);
/** Written in the place of all content: always the same zeros, so that gigabytes of them take no room. */
const HOLE = new Uint8Array(2 ** 20);

/** Why a file could not be read as a tar: `other` is none at all, `damaged` one that breaks off or makes no sense. */
export class TarProblem extends Error {
  override readonly name = 'TarProblem';
  readonly kind: 'other' | 'damaged';

  constructor(kind: TarProblem['kind'], cause?: unknown) {
    super(`${kind} tar`, { cause });
    this.kind = kind;
  }
}

/** One tar of these files; a Blob that refers to theirs. */
export async function writeTar(files: GivenFile[]): Promise<Blob> {
  const { readable, controller } = createTarPacker();
  const write = async () => {
    for (const { path, blob } of files) {
      const header: TarHeader = { name: path, size: blob.size, mtime: NO_DATE };
      await hole(blob.size).pipeTo(controller.add(header));
    }
    controller.finalize();
  };
  const [parts] = await Promise.all([fill(readable, files), write()]);
  return new Blob(parts, { type: 'application/x-tar' });
}

function hole(size: number): ReadableStream<Uint8Array> {
  let left = size;
  return new ReadableStream({
    pull(stream) {
      if (left === 0) return stream.close();
      const piece = HOLE.subarray(0, left);
      left -= piece.length;
      stream.enqueue(piece);
    },
  });
}

/** What the library wrote, with the content of the files where it wrote holes. */
async function fill(tar: ReadableStream<Uint8Array<ArrayBuffer>>, files: GivenFile[]): Promise<BlobPart[]> {
  const contents = files.map(({ blob }) => blob).filter(({ size }) => size > 0);
  const parts: BlobPart[] = [];
  const reader = tar.getReader();
  let wasHole = false;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const isHole = read.value.buffer === HOLE.buffer;
    if (!isHole) parts.push(read.value);
    else if (!wasHole) parts.push(contents.shift()!);
    wasHole = isHole;
  }
  return parts;
}

/** The plain files of a tar, as slices of it. Throws a `TarProblem` for anything that is not a sound tar. */
export async function readTar(tar: Blob): Promise<GivenFile[]> {
  const files: GivenFile[] = [];
  let at = 0;
  for (let entries = 0; entries <= MAX_ENTRIES; entries++) {
    const found = await readHeader(tar, at).catch((error: unknown) => {
      throw new TarProblem(at === 0 ? 'other' : 'damaged', error);
    });
    if (!found) return files;
    const { header, contentAt } = found;
    const end = contentAt + header.size;
    if (end > tar.size) break;
    // Links and devices are nothing that a model has.
    if (header.type === 'file') files.push({ path: header.name, blob: tar.slice(contentAt, end) });
    at = contentAt + Math.ceil(header.size / BLOCK) * BLOCK;
  }
  throw new TarProblem('damaged');
}

/**
 * The header at `at`, or null at the mark that ends an archive. The library gets one block at a time and a new decoder
 * for each entry, so that it is known where the content begins, and the content can be left where it is.
 */
async function readHeader(tar: Blob, at: number): Promise<{ header: TarHeader; contentAt: number } | null> {
  const { readable, writable } = createTarDecoder({ strict: true });
  const writer = writable.getWriter();
  const reading = readable.getReader().read();
  reading.catch(() => undefined); // the write that fails says it too
  for (let next = at; next + BLOCK <= tar.size; next += BLOCK) {
    const block = new Uint8Array(await tar.slice(next, next + BLOCK).arrayBuffer());
    if (next === at && block.every((byte) => byte === 0)) return null;
    await writer.write(block);
    // An entry that this block completed is there by now.
    const read = await Promise.race([reading, null]);
    if (read?.value) return { header: read.value.header, contentAt: next + BLOCK };
  }
  throw new Error('it ends too early');
}
