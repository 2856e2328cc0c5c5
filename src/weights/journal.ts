import type { Variant } from '../engine/engine.ts';
import type { FileState, ManifestFile, StoredFile, StoredModel } from './weights.ts';

/**
 * The journal: what the store believes about each file. Pure.
 *
 *     models   id              -> ModelRecord
 *     files    [id, path]      -> Entry            the journal
 *     chunks   [id, path, n]   -> Blob             n = 0, 1, 2 … in the order of the bytes
 *
 * A chunk and the entry that counts it are written in one transaction, so the journal can be behind the network but
 * never ahead of the disk. Chunks are usually 4 MiB; a shorter one stands wherever a transfer was interrupted.
 */

/** One chunk is written while the next arrives, so a sudden death loses less than two of each file in flight. */
export const CHUNK_BYTES = 4 * 2 ** 20;

export interface ModelRecord {
  id: string;
  variant: Variant;
  addedMs: number;
  usedMs: number;
}

/** One file in the journal: what should be there, and what is. */
export interface Entry extends ManifestFile {
  id: string;
  state: FileState;
  /** Bytes of each stored chunk. */
  chunks: number[];
  /** Of the response that the chunks came from; a different one later means other bytes. */
  etag: string | null;
  /** SHA-256 of the bytes as they were verified, where no hash was known beforehand. */
  digest: string | null;
  /** When it was last verified, in ms since the epoch; null if never. */
  checkedMs: number | null;
}

export function newEntry(id: string, file: ManifestFile): Entry {
  return { ...file, id, state: 'absent', chunks: [], etag: null, digest: null, checkedMs: null };
}

/** The same file with nothing of it stored. */
export function emptied(entry: Entry): Entry {
  return { ...entry, state: 'absent', chunks: [], etag: null, digest: null, checkedMs: null };
}

/** The entry with one more chunk. */
export function appended(entry: Entry, bytes: number): Entry {
  const chunks = [...entry.chunks, bytes];
  const isWhole = storedBytes(entry) + bytes === entry.sizeBytes;
  return { ...entry, state: isWhole ? 'whole' : 'partial', chunks };
}

export function storedBytes(entry: Entry): number {
  return entry.chunks.reduce((sum, bytes) => sum + bytes, 0);
}

/** True when the bytes stored for `entry` may still be used for `file` as it is listed now. */
export function agrees(entry: Entry, file: ManifestFile): boolean {
  const sameUrl = entry.url === file.url;
  const sameHash = entry.md5 === file.md5 && entry.sha256 === file.sha256;
  const sameSize = file.sizeBytes === null || entry.sizeBytes === null || entry.sizeBytes === file.sizeBytes;
  const known = file.md5 !== null || file.sha256 !== null;
  return sameHash && sameSize && (sameUrl || known);
}

/** What can be believed of an entry when `chunkCount` chunks are really there. */
export function believed(entry: Entry, chunkCount: number): Entry {
  if (chunkCount === entry.chunks.length) return entry;
  if (chunkCount > entry.chunks.length) return entry; // a left-over that the next chunk overwrites
  const chunks = entry.chunks.slice(0, chunkCount);
  return { ...entry, chunks, state: chunks.length ? 'partial' : 'absent', checkedMs: null };
}

/**
 * Accepts a record of the `files` store. One that makes no sense counts as an absent file, because a model that seems
 * to have one file less would seem complete. Null if it does not even say which file it stands for.
 */
export function parseEntry(value: unknown): Entry | null {
  const entry = value as Entry | null | undefined;
  if (typeof entry?.id !== 'string' || typeof entry.path !== 'string') return null;
  const isSound =
    [entry.url, entry.kind].every((text) => typeof text === 'string') &&
    ['absent', 'partial', 'whole', 'verified'].includes(entry.state) &&
    Array.isArray(entry.chunks) &&
    entry.chunks.every((bytes) => Number.isInteger(bytes) && bytes > 0);
  return isSound ? entry : unknownEntry(entry.id, entry.path);
}

/** All that is known of a file is that the model has it. */
function unknownEntry(id: string, path: string): Entry {
  return newEntry(id, { path, url: '', sizeBytes: null, md5: null, sha256: null, kind: 'shard' });
}

/** Accepts a record of the `models` store, or null if it is not one. */
export function parseModel(value: unknown): ModelRecord | null {
  const model = value as ModelRecord | null | undefined;
  const isModel =
    typeof model === 'object' &&
    model !== null &&
    typeof model.id === 'string' &&
    typeof model.variant?.modelUrl === 'string' &&
    typeof model.variant.libUrl === 'string' &&
    Number.isFinite(model.addedMs) &&
    Number.isFinite(model.usedMs);
  return isModel ? model : null;
}

/** The model as the page sees it. */
export function summarize(model: ModelRecord, entries: Entry[], isKept: boolean): StoredModel {
  const files = entries.map(fileOf);
  const sizes = files.map((file) => file.sizeBytes);
  const isListed = entries.some((entry) => entry.kind === 'shard');
  const isVerified = isListed && files.every((file) => file.state === 'verified');
  return {
    id: model.id,
    variant: model.variant,
    modelUrl: model.variant.modelUrl,
    libUrl: model.variant.libUrl,
    state: isVerified ? 'verified' : 'partial',
    storedBytes: files.reduce((sum, file) => sum + file.storedBytes, 0),
    totalBytes: isListed ? sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0) : null,
    files,
    addedMs: model.addedMs,
    usedMs: model.usedMs,
    isKept,
  };
}

function fileOf(entry: Entry): StoredFile {
  const { path, state, sizeBytes } = entry;
  return { path, state, storedBytes: storedBytes(entry), sizeBytes };
}
