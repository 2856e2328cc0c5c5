import { createStore, get, set, type UseStore } from 'idb-keyval';

/**
 * What the page remembers between visits, over idb-keyval: settings, the conversation, results, added models.
 * (Model files have a database of their own; see `weights/`.)
 *
 * Reading never fails: a browser without IndexedDB, or a record that no longer makes sense, gives the fallback,
 * and the page works on without memory.
 */
export type Key = 'settings' | 'conversation' | 'history' | 'added-models' | 'leaving' | 'bandwidth';

let store: UseStore | null = null;

function opened(): UseStore {
  store ??= createStore('runs-here-page', 'kept');
  return store;
}

/** Read a record. `parse` gets whatever was stored and returns null for what it cannot accept. */
export async function read<T>(key: Key, parse: (kept: unknown) => T | null): Promise<T | null> {
  try {
    const kept: unknown = await get(key, opened());
    return kept === undefined ? null : parse(kept);
  } catch {
    return null;
  }
}

/** Write a record; resolves to false when the browser did not keep it (no IndexedDB here, or the disk is full). */
export async function write(key: Key, value: unknown): Promise<boolean> {
  try {
    await set(key, value, opened());
    return true;
  } catch {
    return false;
  }
}
