import { appended, emptied, type Entry, type ModelRecord } from './journal.ts';
import type { Shelf, Store } from './store.ts';

/**
 * Where the browser lets a site store nothing, models live in memory until the page is closed. The bytes are Blobs
 * in the weights worker; the engine's worker asks for handles to them over a channel, which works where storage and
 * locks are denied. The same for a model that does not fit on the disk.
 */
const CHANNEL = 'runs-here-memory';
/** Nobody has the model. Handles are sent at once, whatever the size of what they stand for. */
const ANSWER_MS = 3000;

interface Question {
  ask: number;
  id: string;
}

interface Contents {
  models: ModelRecord[];
  entries: Entry[];
  chunks: [path: string, chunks: Blob[]][];
}

interface Answer extends Contents {
  answers: number;
}

const NOTHING: Contents = { models: [], entries: [], chunks: [] };

export class MemoryStore implements Store {
  readonly isKept = false;
  readonly #models = new Map<string, ModelRecord>();
  readonly #files = new Map<string, { entry: Entry; chunks: Blob[] }>();

  constructor() {
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener('message', ({ data }: MessageEvent<Question>) => {
      if ('ask' in data && this.#isWhole(data.id))
        channel.postMessage({ answers: data.ask, ...this.#contents(data.id) });
    });
  }

  models(): Promise<ModelRecord[]> {
    return Promise.resolve([...this.#models.values()]);
  }

  putModel(model: ModelRecord): Promise<void> {
    this.#models.set(model.id, model);
    return Promise.resolve();
  }

  entries(id?: string): Promise<Entry[]> {
    const entries = [...this.#files.values()].map((file) => file.entry);
    return Promise.resolve(entries.filter((entry) => id === undefined || entry.id === id));
  }

  putEntries(entries: Entry[]): Promise<void> {
    for (const entry of entries) this.#files.set(keyOf(entry), { entry, chunks: this.#chunksOf(entry) });
    return Promise.resolve();
  }

  append(entry: Entry, bytes: Blob): Promise<Entry> {
    const next = appended(entry, bytes.size);
    const chunks = [...this.#chunksOf(entry).slice(0, entry.chunks.length), bytes];
    this.#files.set(keyOf(entry), { entry: next, chunks });
    return Promise.resolve(next);
  }

  mark(entry: Entry): Promise<void> {
    return this.putEntries([entry]);
  }

  chunks(entry: Entry): Promise<Blob[]> {
    return Promise.resolve(this.#chunksOf(entry));
  }

  drop(entry: Entry, keep: boolean): Promise<Entry> {
    const empty = emptied(entry);
    if (keep) this.#files.set(keyOf(entry), { entry: empty, chunks: [] });
    else this.#files.delete(keyOf(entry));
    return Promise.resolve(empty);
  }

  remove(id: string): Promise<void> {
    this.#models.delete(id);
    for (const [key, { entry }] of this.#files) if (entry.id === id) this.#files.delete(key);
    return Promise.resolve();
  }

  /** Takes over what is stored elsewhere of a file: the bytes stay there until they are read. */
  hold(entry: Entry, chunks: Blob[]): void {
    this.#files.set(keyOf(entry), { entry, chunks });
  }

  sweep(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #chunksOf(entry: Entry): Blob[] {
    return this.#files.get(keyOf(entry))?.chunks ?? [];
  }

  /** Others are not told of half a model: another tab may have all of it. */
  #isWhole(id: string): boolean {
    const files = [...this.#files.values()].filter(({ entry }) => entry.id === id);
    return this.#models.has(id) && files.every(({ entry }) => entry.state === 'verified');
  }

  #contents(id: string): Contents {
    const files = [...this.#files.values()].filter(({ entry }) => entry.id === id);
    const model = this.#models.get(id);
    return {
      models: model ? [model] : [],
      entries: files.map(({ entry }) => entry),
      chunks: files.map(({ entry, chunks }) => [entry.path, chunks]),
    };
  }
}

/** What another worker keeps in memory, for reading. Asked anew for each model that is opened. */
export class MemoryShelf implements Shelf {
  #contents: Contents = NOTHING;

  async entries(id?: string): Promise<Entry[]> {
    if (id !== undefined) this.#contents = await ask(id);
    return this.#contents.entries;
  }

  chunks(entry: Entry): Promise<Blob[]> {
    const found = this.#contents.chunks.find(([path]) => path === entry.path);
    return Promise.resolve(found?.[1] ?? []);
  }

  models(): Promise<ModelRecord[]> {
    return Promise.resolve(this.#contents.models);
  }

  putModel(): Promise<void> {
    return Promise.resolve(); // when it was used last is of no interest: it will be gone
  }
}

function ask(id: string): Promise<Contents> {
  const question: Question = { ask: Math.random(), id };
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<Contents>((resolve) => {
    const timer = setTimeout(() => resolve(NOTHING), ANSWER_MS);
    channel.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.answers !== question.ask) return;
      clearTimeout(timer);
      resolve(data);
    });
    channel.postMessage(question);
  }).finally(() => channel.close());
}

function keyOf(entry: Entry): string {
  return JSON.stringify([entry.id, entry.path]);
}
