import { contentProblem } from './content.ts';
import { expectedHash, FileHash } from './hash.ts';
import { storedBytes, type Entry } from './journal.ts';
import { aborted, hasCode } from './problems.ts';
import type { Progress } from './progress.ts';
import { wholeChunks, type Store } from './store.ts';

/**
 * Reads every stored byte of a model again. Files that are damaged, or cannot be read, are deleted; their paths are
 * the result. Files that were never whole stay, if what there is of them can be read.
 */
export async function recheck(
  id: string,
  store: Store,
  progress: Progress,
  signal: AbortSignal,
): Promise<string[]> {
  const entries = (await store.entries(id)).filter((entry) => entry.chunks.length > 0);
  for (const entry of entries)
    progress.file(entry.path, { doneBytes: 0, sizeBytes: storedBytes(entry), isDone: false });
  progress.listed('checking');
  const dropped: string[] = [];
  for (const entry of entries) {
    const isGood = await isUndamaged(entry, store, (bytes) => progress.received(entry.path, bytes), signal);
    const doneBytes = storedBytes(entry);
    progress.file(entry.path, { doneBytes, sizeBytes: doneBytes, isDone: true });
    if (isGood && entry.state === 'verified') await store.mark({ ...entry, checkedMs: Date.now() });
    if (isGood) continue;
    await store.drop(entry, true);
    dropped.push(entry.path);
  }
  return dropped;
}

async function isUndamaged(
  entry: Entry,
  store: Store,
  onRead: (bytes: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const hash = await FileHash.of(entry);
    const chunks = await wholeChunks(store, entry);
    for (const chunk of chunks) {
      if (signal.aborted) throw aborted();
      hash.update(new Uint8Array(await chunk.arrayBuffer()));
      onRead(chunk.size);
    }
    if (entry.state !== 'verified') return true;
    const expected = expectedHash(entry);
    if (expected !== null) return hash.digest() === expected;
    return (await contentProblem(entry, new Blob(chunks))) === null;
  } catch (error) {
    if (hasCode(error, 'aborted', 'storage-unavailable')) throw error;
    return false;
  }
}
