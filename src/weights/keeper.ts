import type { Variant } from '../engine/engine.ts';
import { downloadModel, STALL_MS } from './download.ts';
import { inTurn } from './follow.ts';
import { summarize } from './journal.ts';
import { useLock, withFreeLock, writeLock } from './locks.ts';
import { aborted, beingWritten, inUse, missing } from './problems.ts';
import { Progress } from './progress.ts';
import { wholeChunks, type Store } from './store.ts';
import { sleep } from './watch.ts';
import type { DownloadOptions, StoredModel, Weights } from './weights.ts';

/** What the keeper needs of the world besides the store. */
export interface World {
  fetch: typeof fetch;
  random: () => number;
  stallMs: number;
  makeRoom: (bytes: number) => Promise<void>;
}

/** The weights room itself, in the thread that does the work. `client.ts` stands in front of it on the page. */
export class Keeper implements Weights {
  readonly #store: Store;
  readonly #world: World;

  constructor(store: Store, world: Partial<World> = {}) {
    this.#store = store;
    this.#world = {
      fetch: (input, init) => fetch(input, init),
      random: Math.random,
      stallMs: STALL_MS,
      makeRoom: () => Promise.resolve(),
      ...world,
    };
  }

  async list(): Promise<StoredModel[]> {
    const [models, entries] = await Promise.all([this.#store.models(), this.#store.entries()]);
    return models.map((model) => {
      const own = entries.filter((entry) => entry.id === model.id);
      return summarize(model, own);
    });
  }

  async download(variant: Variant, options: DownloadOptions = {}): Promise<StoredModel> {
    const signal = options.signal ?? new AbortController().signal;
    const onProgress = options.onProgress ?? (() => undefined);
    const work = (report: typeof onProgress) => {
      const progress = new Progress(report);
      return downloadModel(variant, { ...this.#world, store: this.#store, sleep, progress, signal });
    };
    await inTurn(variant.id, signal, onProgress, work).catch((error: unknown) => {
      throw signal.aborted ? aborted() : error;
    });
    return this.#stored(variant.id);
  }

  async readText(id: string, path: string): Promise<string | null> {
    const entries = await this.#store.entries(id);
    const entry = entries.find((one) => one.path === path && one.state === 'verified');
    return entry ? new Blob(await wholeChunks(this.#store, entry)).text() : null;
  }

  /** Refused with `busy` while an engine has the model open, or while it is being written. */
  async remove(id: string): Promise<void> {
    const written = await withFreeLock(writeLock(id), async () => {
      const removed = await withFreeLock(useLock(id), async () => {
        await this.#store.remove(id);
        return true;
      });
      if (!removed) throw inUse();
      return true;
    });
    if (!written) throw beingWritten();
  }

  async #stored(id: string): Promise<StoredModel> {
    const model = (await this.list()).find((candidate) => candidate.id === id);
    if (!model) throw missing(id);
    return model;
  }
}
