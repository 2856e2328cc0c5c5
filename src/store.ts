import { createStore, get, keys, set, type UseStore } from 'idb-keyval';

/**
 * What the page remembers between visits, over idb-keyval: settings, the conversation, results, added models.
 * (Model files have a database of their own; see `weights/`.)
 *
 * Reading never fails: a browser without IndexedDB, or a record that no longer makes sense, gives the fallback,
 * and the page works on without memory.
 */
export type Key =
  'settings' | 'conversation' | 'history' | 'added-models' | 'leaving' | 'bandwidth' | 'faults' | MarkKey;
/** One for each tab: what it is about to do. */
export type MarkKey = `mark:${string}`;

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

/**
 * Write a record that is on the disk when the promise resolves, even if the machine stops then. Slower than `write`.
 * Resolves to false when the browser did not keep it.
 */
export async function writeDurably(key: Key, value: unknown): Promise<boolean> {
  try {
    await opened()('readonly', ({ transaction: { db }, name }) => putStrictly(db, name, { key, value }));
    return true;
  } catch {
    return false;
  }
}

function putStrictly(db: IDBDatabase, name: string, { key, value }: { key: Key; value: unknown }) {
  return new Promise<void>((resolve, reject) => {
    const transaction = db.transaction(name, 'readwrite', { durability: 'strict' });
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error));
    transaction.objectStore(name).put(value, key);
    transaction.commit();
  });
}

/** Delete a record. It is asked for and committed at once, so that a page that is being closed can still do it. */
export function forget(key: Key): void {
  const remove = (kept: IDBObjectStore) => {
    kept.delete(key);
    kept.transaction.commit();
  };
  const ask = async () => opened()('readwrite', remove);
  ask().catch(() => undefined); // what cannot be deleted was not kept either
}

/** Keys that begin so. */
export async function keysOf(prefix: 'mark:'): Promise<MarkKey[]> {
  try {
    const all = await keys(opened());
    return all.filter((key): key is MarkKey => typeof key === 'string' && key.startsWith(prefix));
  } catch {
    return [];
  }
}
