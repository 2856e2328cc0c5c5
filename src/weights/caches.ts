import { shareLock } from '../locks.ts';
import { parseStored, storedUrl } from './address.ts';
import { storedBytes, type Entry } from './journal.ts';
import { useLock } from './locks.ts';
import { describe, missing } from './problems.ts';
import { openShelf } from './open.ts';
import { wholeChunks, type Shelf } from './store.ts';

/**
 * The store as web-llm sees it: a CacheStorage in which every verified file is found under its stored address. Its own
 * caches trust any bytes, read whole models to see whether they are there, and hide a full disk.
 *
 * web-llm asks each file twice (`match` to see whether it is there, `match` again to read it), so a match costs
 * nothing and only reading the body touches the disk. A file is read in one piece, and while the engine carries it to
 * the GPU the next one is read: two files are in memory at most.
 */
export interface StoredCaches {
  /** Forget which model is open, so that it may be deleted. The next `match` opens one again. */
  close(): void;
}

/** Larger files are not read ahead: memory is short just when a model is loaded. */
const AHEAD_BYTES = 64 * 2 ** 20;

/** Puts the store where web-llm looks for the browser's caches. Call it in the engine's worker, before any load. */
export function installCaches(shelf?: Shelf): StoredCaches {
  const face = new StoreFace(() => (shelf ? Promise.resolve(shelf) : openShelf()));
  const storage = {
    open: () => Promise.resolve(face),
    match: (request: RequestInfo | URL) => face.match(request),
    has: () => Promise.resolve(true),
    keys: () => Promise.resolve([]),
    delete: () => Promise.resolve(false),
  };
  Object.defineProperty(globalThis, 'caches', { configurable: true, value: storage });
  return face;
}

/** A model that the engine reads: its verified files as they were when it was opened. */
interface OpenModel {
  id: string;
  files: Map<string, Entry>;
  reading: Reading;
  release: () => void;
}

/** One cache for all of web-llm's scopes; an address says which model and file is meant. */
class StoreFace implements StoredCaches {
  readonly #openShelf: () => Promise<Shelf>;
  #shelf: Promise<Shelf> | null = null;
  #open: Promise<OpenModel> | null = null;
  #openId: string | null = null;

  constructor(open: () => Promise<Shelf>) {
    this.#openShelf = open;
  }

  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    const url = urlOf(request);
    const address = parseStored(url);
    if (!address) return undefined;
    const model = await this.#model(address.id);
    const entry = model.files.get(address.path);
    return entry && (new StoredResponse(model.reading, entry, url) as unknown as Response);
  }

  /** web-llm calls this for what `match` did not find; it must not go to the network. */
  async add(request: RequestInfo | URL): Promise<void> {
    const url = urlOf(request);
    this.close(); // what is missing now may have been fetched when it is asked for again
    throw missing(parseStored(url)?.path ?? url);
  }

  async keys(): Promise<Request[]> {
    const shelf = await (this.#shelf ??= this.#openShelf());
    const entries = (await shelf.entries()).filter((entry) => entry.state === 'verified');
    return entries.map((entry) => new Request(storedUrl(entry.id, entry.path)));
  }

  /** Deleting is for the person, on the models page. */
  delete(): Promise<boolean> {
    return Promise.resolve(false);
  }

  close(): void {
    const open = this.#open;
    this.#open = null;
    this.#openId = null;
    open?.then((model) => model.release()).catch(() => undefined); // it never opened: nothing to release
  }

  #model(id: string): Promise<OpenModel> {
    if (this.#open && this.#openId === id) return this.#open;
    this.close();
    this.#openId = id;
    this.#shelf ??= this.#openShelf();
    this.#open = this.#shelf.then((shelf) => openModel(shelf, id));
    return this.#open;
  }
}

async function openModel(store: Shelf, id: string): Promise<OpenModel> {
  const release = await shareLock(useLock(id));
  const verified = (await store.entries(id)).filter((entry) => entry.state === 'verified');
  const model = (await store.models()).find((candidate) => candidate.id === id);
  if (model) await store.putModel({ ...model, usedMs: Date.now() }).catch(() => undefined); // a full disk reads well
  const files = new Map(verified.map((entry) => [entry.path, entry]));
  return { id, files, reading: new Reading(store, verified), release };
}

/** Reads the files of one model, each with the next one in view. */
class Reading {
  readonly #store: Shelf;
  /** Shards in the order in which they are usually wanted. */
  readonly #shards: Entry[];
  #ahead: { path: string; bytes: Promise<ArrayBuffer> } | null = null;

  constructor(store: Shelf, entries: Entry[]) {
    this.#store = store;
    const shards = entries.filter((entry) => entry.kind === 'shard' && storedBytes(entry) <= AHEAD_BYTES);
    this.#shards = shards.sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
  }

  async read(entry: Entry): Promise<ArrayBuffer> {
    const ahead = this.#ahead;
    this.#ahead = null;
    const bytes = await (ahead?.path === entry.path ? ahead.bytes : readFile(this.#store, entry));
    this.#lookAhead(entry);
    return bytes;
  }

  #lookAhead(entry: Entry): void {
    const next = this.#shards[this.#shards.findIndex((shard) => shard.path === entry.path) + 1];
    if (!next || entry.kind !== 'shard') return;
    const bytes = readFile(this.#store, next);
    bytes.catch(() => undefined); // told when it is asked for
    this.#ahead = { path: next.path, bytes };
  }
}

async function readFile(store: Shelf, entry: Entry): Promise<ArrayBuffer> {
  try {
    return await new Blob(await wholeChunks(store, entry)).arrayBuffer();
  } catch (error) {
    throw missing(entry.path, describe(error));
  }
}

/** As much of a Response as readers of a cache use. A real one would copy every body once more. */
class StoredResponse {
  readonly ok = true;
  readonly status = 200;
  readonly url: string;
  readonly #reading: Reading;
  readonly #entry: Entry;

  constructor(reading: Reading, entry: Entry, url: string) {
    this.#reading = reading;
    this.#entry = entry;
    this.url = url;
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()]);
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#reading.read(this.#entry);
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

function urlOf(request: RequestInfo | URL): string {
  return request instanceof Request ? request.url : String(request);
}
