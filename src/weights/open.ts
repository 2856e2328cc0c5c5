import { MemoryShelf, MemoryStore } from './memory.ts';
import { isRefusedStorage } from './problems.ts';
import { IdbStore, type Shelf, type Store } from './store.ts';

/** The store to write: IndexedDB, or memory where the browser refuses it. */
export async function openStore(): Promise<Store> {
  const store = new IdbStore();
  if (await isRefused(store)) return new MemoryStore();
  store.sweep().catch(() => undefined); // left-overs waste room and do no other harm
  return store;
}

/** The store to read, for the engine's worker. */
export async function openShelf(): Promise<Shelf> {
  const store = new IdbStore();
  return (await isRefused(store)) ? new MemoryShelf() : store;
}

async function isRefused(store: Store): Promise<boolean> {
  try {
    await store.models();
    return false;
  } catch (error) {
    return isRefusedStorage(error);
  }
}
