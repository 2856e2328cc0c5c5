import { shareLock } from '../locks.ts';
import { memoryLock } from './locks.ts';
import { MemoryStore } from './memory.ts';
import type { Store } from './store.ts';

/**
 * Models that the visitor runs although they do not fit: what is stored of them is used from the disk, the rest is in
 * memory until the page is closed. Nothing on the disk is changed.
 */
export class Overflow {
  readonly #store: Store;
  #memory: MemoryStore | null = null;
  /** For each model in memory, what tells the engines of this page and of others that it is not. */
  readonly #release = new Map<string, () => void>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Where a model is. */
  of(id: string): Store {
    return this.#release.has(id) && this.#memory ? this.#memory : this.#store;
  }

  /** Both places, the disk first. */
  stores(): Store[] {
    return this.#memory ? [this.#store, this.#memory] : [this.#store];
  }

  /** From now on whatever is added to a model goes to memory. */
  async take(id: string): Promise<void> {
    if (!this.#store.isKept || this.#release.has(id)) return;
    const memory = (this.#memory ??= new MemoryStore());
    for (const entry of await this.#store.entries(id)) memory.hold(entry, await this.#store.chunks(entry));
    this.#release.set(id, await shareLock(memoryLock(id)));
  }

  /** Forgets what is in memory of a model. */
  async drop(id: string): Promise<void> {
    await this.#memory?.remove(id);
    this.#release.get(id)?.();
    this.#release.delete(id);
  }
}
