import { isHeld } from '../locks.ts';
import type { Entry, ModelRecord } from './journal.ts';
import { memoryLock } from './locks.ts';
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
  return (await isRefused(store)) ? new MemoryShelf() : new EitherShelf(store);
}

/** Reads a model from the disk, or from the memory of a page that found too little room for it. */
class EitherShelf implements Shelf {
  readonly #disk: IdbStore;
  readonly #memory = new MemoryShelf();
  /** Models that are read from memory. */
  readonly #inMemory = new Set<string>();

  constructor(disk: IdbStore) {
    this.#disk = disk;
  }

  async entries(id?: string): Promise<Entry[]> {
    const stored = await this.#disk.entries(id);
    if (id === undefined) return stored;
    this.#inMemory.delete(id);
    const isWhole = stored.length > 0 && stored.every((entry) => entry.state === 'verified');
    if (isWhole || !(await isHeld(memoryLock(id)))) return stored;
    const entries = await this.#memory.entries(id);
    if (entries.length === 0) return stored;
    this.#inMemory.add(id);
    return entries;
  }

  chunks(entry: Entry): Promise<Blob[]> {
    return (this.#inMemory.has(entry.id) ? this.#memory : this.#disk).chunks(entry);
  }

  models(): Promise<ModelRecord[]> {
    return this.#disk.models();
  }

  putModel(model: ModelRecord): Promise<void> {
    return this.#disk.putModel(model);
  }
}

async function isRefused(store: Store): Promise<boolean> {
  try {
    await store.models();
    return false;
  } catch (error) {
    return isRefusedStorage(error);
  }
}
