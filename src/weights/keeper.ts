import type { Variant } from '../engine/engine.ts';
import { isHeld, withFreeLock } from '../locks.ts';
import { exportModel, openGiven } from './archive.ts';
import { recheck } from './check.ts';
import { downloadModel, STALL_MS } from './download.ts';
import { inTurn } from './follow.ts';
import { CHUNK_BYTES, storedBytes, summarize, type Entry } from './journal.ts';
import { useLock, writeLock } from './locks.ts';
import { Overflow } from './overflow.ts';
import { aborted, beingWritten, hasCode, inUse, missing } from './problems.ts';
import { Progress } from './progress.ts';
import { makeRoom, measureSpace, persistence } from './space.ts';
import { wholeChunks, type Store } from './store.ts';
import { sleep } from './watch.ts';
import type {
  DownloadOptions,
  DownloadProgress,
  GivenFile,
  Holder,
  Persistence,
  Readiness,
  Space,
  StoredModel,
  Verification,
  Weights,
} from './weights.ts';

/** What the keeper needs of the world besides the store. */
export interface World {
  fetch: typeof fetch;
  sleep: typeof sleep;
  random: () => number;
  stallMs: number;
  chunkBytes: number;
  /** Throws `storage-full` when so many more bytes do not fit. */
  makeRoom: (bytes: number) => Promise<void>;
}

const REAL: World = {
  fetch: (input, init) => fetch(input, init),
  sleep,
  random: Math.random,
  stallMs: STALL_MS,
  chunkBytes: CHUNK_BYTES,
  makeRoom,
};

const NOT_KEPT = 'This browser stores nothing, so the model is kept in memory until this page is closed.';
const NOT_STORED = 'Nothing more of this model is stored: it is kept in memory until this page is closed.';

/** The weights room itself, in the thread that does the work. `client.ts` stands in front of it on the page. */
export class Keeper implements Weights {
  readonly #store: Store;
  readonly #overflow: Overflow;
  readonly #world: World;

  constructor(store: Store, world: Partial<World> = {}) {
    this.#store = store;
    this.#overflow = new Overflow(store);
    this.#world = { ...REAL, ...world };
  }

  async list(): Promise<StoredModel[]> {
    const found = new Map<string, StoredModel>();
    for (const store of this.#overflow.stores()) {
      const [models, entries] = await Promise.all([store.models(), store.entries()]);
      for (const model of models) {
        const own = entries.filter((entry) => entry.id === model.id);
        found.set(model.id, summarize(model, own, store.isKept));
      }
    }
    return [...found.values()];
  }

  download(variant: Variant, options: DownloadOptions = {}): Promise<StoredModel> {
    return this.#fetch(variant, this.#world.fetch, options);
  }

  async readText(id: string, path: string): Promise<string | null> {
    const store = this.#overflow.of(id);
    const entries = await store.entries(id);
    const entry = entries.find((one) => one.path === path && one.state === 'verified');
    return entry ? new Blob(await wholeChunks(store, entry)).text() : null;
  }

  async heldBy(id: string): Promise<Holder | null> {
    if (await isHeld(writeLock(id))) return 'job';
    return (await isHeld(useLock(id))) ? 'engine' : null;
  }

  async remove(id: string): Promise<void> {
    const written = await withFreeLock(writeLock(id), async () => {
      const removed = await withFreeLock(useLock(id), async () => {
        await this.#overflow.drop(id);
        await this.#store.remove(id);
        return true;
      });
      if (!removed) throw inUse();
      return true;
    });
    if (!written) throw beingWritten();
  }

  async verify(id: string, options: DownloadOptions = {}): Promise<Verification> {
    const dropped = await this.#write(id, options, (progress, signal) =>
      recheck(id, this.#overflow.of(id), progress, signal),
    );
    return { model: await this.#stored(id), dropped };
  }

  async ready(id: string): Promise<Readiness> {
    const entries = await this.#overflow.of(id).entries(id);
    const has = (kind: Entry['kind']) =>
      entries.some((entry) => entry.kind === kind && entry.state === 'verified');
    const shards = entries.filter((entry) => entry.kind === 'shard');
    return {
      isReady: shards.length > 0 && entries.every((entry) => entry.state === 'verified'),
      config: has('config'),
      tokenizer: has('tokenizer'),
      library: has('library'),
      shardsVerified: shards.filter((entry) => entry.state === 'verified').length,
      shardsTotal: shards.length || null,
      persistence: await persistence(),
    };
  }

  async space(): Promise<Space> {
    return { ...(await measureSpace()), isKept: this.#store.isKept };
  }

  /** A worker can only tell, not ask; `client.ts` asks. */
  askPersist(): Promise<Persistence> {
    return persistence();
  }

  export(id: string): Promise<Blob> {
    return exportModel(id, this.#overflow.of(id));
  }

  async import(
    files: GivenFile[],
    variant: Variant | null,
    options: DownloadOptions = {},
  ): Promise<StoredModel> {
    const given = await openGiven(files, variant);
    return this.#fetch(given.variant, given.fetch, options);
  }

  async #fetch(variant: Variant, fetchFrom: typeof fetch, options: DownloadOptions): Promise<StoredModel> {
    const { id } = variant;
    await this.#write(id, options, async (progress, signal) => {
      if (options.inMemory) await this.#overflow.take(id);
      const store = this.#overflow.of(id);
      if (!store.isKept) progress.standing(this.#store.isKept ? NOT_STORED : NOT_KEPT);
      const world = { ...this.#world, ...(store !== this.#store && { makeRoom: async () => undefined }) };
      const tools = { ...world, fetch: fetchFrom, store, progress, signal };
      await downloadModel(variant, tools).catch((error: unknown) => this.#nameMissing(id, error));
    });
    return this.#stored(id);
  }

  /** Work that changes a model: one at a time over all tabs, its progress shared with those that wait. */
  async #write<T>(
    id: string,
    { onProgress = () => undefined, signal = new AbortController().signal }: DownloadOptions,
    work: (progress: Progress, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const report = (tell: (progress: DownloadProgress) => void) => work(new Progress(tell), signal);
    return inTurn(id, signal, onProgress, report).catch((error: unknown) => {
      throw signal.aborted ? aborted() : error;
    });
  }

  /** The disk filled up in the middle: throws again, with how much more room the rest needs. */
  async #nameMissing(id: string, error: unknown): Promise<never> {
    if (!hasCode(error, 'storage-full')) throw error;
    const entries = await this.#store.entries(id);
    const left = entries.reduce(
      (sum, entry) => sum + Math.max(0, (entry.sizeBytes ?? 0) - storedBytes(entry)),
      0,
    );
    await this.#world.makeRoom(left);
    throw error;
  }

  async #stored(id: string): Promise<StoredModel> {
    const model = (await this.list()).find((candidate) => candidate.id === id);
    if (!model) throw missing(id);
    return model;
  }
}
