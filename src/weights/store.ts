import { Database, result, type Migration } from './database.ts';
import {
  appended,
  believed,
  emptied,
  parseEntry,
  parseModel,
  type Entry,
  type ModelRecord,
} from './journal.ts';
import { missing } from './problems.ts';

export const DATABASE = 'runs-here-weights';

const MIGRATIONS: Migration[] = [
  (db) => {
    db.createObjectStore('models', { keyPath: 'id' });
    db.createObjectStore('files', { keyPath: ['id', 'path'] });
    db.createObjectStore('chunks');
  },
];

/** As much of the store as reading a model takes. */
export interface Shelf {
  models(): Promise<ModelRecord[]>;
  putModel(model: ModelRecord): Promise<void>;
  /**
   * Journal entries of one model or of all, corrected by which chunks are really there. For all of them the number of
   * chunks is compared first: one that is lost while another is left over shows only when its model is asked for.
   */
  entries(id?: string): Promise<Entry[]>;
  /** The chunks of a file in order, as handles; the bytes are read when they are asked for. */
  chunks(entry: Entry): Promise<Blob[]>;
}

/**
 * Models, their journal and their bytes. What exists is asked of the journal and of keys alone: reading a value to
 * see whether it is there reads the whole model into memory. Every method rejects with an `EngineError`.
 */
export interface Store extends Shelf {
  /** False when nothing outlives the page. */
  readonly isKept: boolean;
  putEntries(entries: Entry[]): Promise<void>;
  /** Stores the next bytes of a file and counts them, both or neither. Resolves with the new entry. */
  append(entry: Entry, bytes: Blob): Promise<Entry>;
  /** Marks a file, e.g. as verified; on the disk before it resolves. */
  mark(entry: Entry): Promise<void>;
  /** Forgets the bytes of a file, and the file too unless `keep` says that it is still wanted. */
  drop(entry: Entry, keep: boolean): Promise<Entry>;
  remove(id: string): Promise<void>;
  /** Deletes what no journal entry and no model owns. Safe at any time: the store is never between two states. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** The stored chunks of a file; throws `weights-missing` unless they are what the journal counts. */
export async function wholeChunks(store: Shelf, entry: Entry): Promise<Blob[]> {
  const chunks = await store.chunks(entry);
  const isWhole = String(chunks.map((chunk) => chunk.size)) === String(entry.chunks);
  if (!isWhole) throw missing(entry.path);
  return chunks;
}

interface Append {
  entry: Entry;
  bytes: Blob;
  resolve: (entry: Entry) => void;
  reject: (error: unknown) => void;
}

/** The store in IndexedDB. `name` and `migrations` differ from the usual ones in tests only. */
export class IdbStore implements Store {
  readonly isKept = true;
  readonly #db: Database;
  readonly #waiting: Append[] = [];
  #isWriting = false;

  constructor(name = DATABASE, migrations = MIGRATIONS) {
    this.#db = new Database(name, migrations);
  }

  async models(): Promise<ModelRecord[]> {
    const values = await this.#db.run(['models'], 'readonly', (tx) =>
      result(tx.objectStore('models').getAll()),
    );
    return values.map(parseModel).filter((model) => model !== null);
  }

  async putModel(model: ModelRecord): Promise<void> {
    await this.#db.run(['models'], 'readwrite', (tx) => result(tx.objectStore('models').put(model)));
  }

  async entries(id?: string): Promise<Entry[]> {
    const range = id === undefined ? undefined : below([id]);
    return this.#db.run(['files', 'chunks'], 'readonly', async (tx) => {
      const chunks = tx.objectStore('chunks');
      const [values, count] = await Promise.all([
        result(tx.objectStore('files').getAll(range)),
        result(chunks.count(range)),
      ]);
      const entries = values.map(parseEntry).filter((entry) => entry !== null);
      // Four gigabytes are a thousand chunks: their number costs a quarter of what their keys cost.
      if (id === undefined && count === countChunks(entries)) return entries;
      const counts = countLeading(await result(chunks.getAllKeys(range)));
      return entries.map((entry) => believed(entry, counts.get(fileKey(entry.id, entry.path)) ?? 0));
    });
  }

  async putEntries(entries: Entry[]): Promise<void> {
    await this.#db.run(['files'], 'readwrite', async (tx) => {
      await Promise.all(entries.map((entry) => result(tx.objectStore('files').put(entry))));
    });
  }

  append(entry: Entry, bytes: Blob): Promise<Entry> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, bytes, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  /** Chunks of several files share a transaction: each one has to wait for the disk, whatever it carries. */
  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        const entries = await this.#write(batch);
        for (const [index, entry] of entries.entries()) batch[index]?.resolve(entry);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }

  async #write(batch: Append[]): Promise<Entry[]> {
    const entries = batch.map(({ entry, bytes }) => appended(entry, bytes.size));
    // Relaxed: what the system holds survives a killed browser, and a chunk lost with the power is fetched again.
    const options: IDBTransactionOptions = { durability: 'relaxed' };
    await this.#db.run(
      ['files', 'chunks'],
      'readwrite',
      async (tx) => {
        const puts = batch.map(({ entry, bytes }) =>
          tx.objectStore('chunks').put(bytes, [entry.id, entry.path, entry.chunks.length]),
        );
        const counts = entries.map((entry) => tx.objectStore('files').put(entry));
        await Promise.all([...puts, ...counts].map((request) => result<IDBValidKey>(request)));
      },
      options,
    );
    return entries;
  }

  async mark(entry: Entry): Promise<void> {
    await this.#db.run(['files'], 'readwrite', (tx) => result(tx.objectStore('files').put(entry)), {
      durability: 'strict',
    });
  }

  async chunks(entry: Entry): Promise<Blob[]> {
    const range = below([entry.id, entry.path]);
    const values: unknown[] = await this.#db.run(['chunks'], 'readonly', (tx) =>
      result(tx.objectStore('chunks').getAll(range, entry.chunks.length)),
    );
    return values.filter((value) => value instanceof Blob);
  }

  async drop(entry: Entry, keep: boolean): Promise<Entry> {
    const empty = emptied(entry);
    await this.#db.run(['files', 'chunks'], 'readwrite', async (tx) => {
      const files = tx.objectStore('files');
      await Promise.all([
        result(tx.objectStore('chunks').delete(below([entry.id, entry.path]))),
        keep ? result(files.put(empty)) : result(files.delete([entry.id, entry.path])),
      ]);
    });
    return empty;
  }

  async remove(id: string): Promise<void> {
    await this.#db.run(
      ['models', 'files', 'chunks'],
      'readwrite',
      async (tx) => {
        await Promise.all([
          result(tx.objectStore('models').delete(id)),
          result(tx.objectStore('files').delete(below([id]))),
          result(tx.objectStore('chunks').delete(below([id]))),
        ]);
      },
      { durability: 'strict' },
    );
  }

  async sweep(): Promise<void> {
    await this.#db.run(['models', 'files', 'chunks'], 'readwrite', async (tx) => {
      const [models, files, chunkKeys] = await Promise.all([
        result(tx.objectStore('models').getAll()),
        result(tx.objectStore('files').getAll()),
        result(tx.objectStore('chunks').getAllKeys()),
      ]);
      const ids = new Set(models.map(parseModel).map((model) => model?.id));
      const sound = files.map(parseEntry).filter((entry) => entry !== null);
      const entries = sound.filter((entry) => ids.has(entry.id));
      const counts = new Map(entries.map((entry) => [fileKey(entry.id, entry.path), entry.chunks.length]));
      for (const key of chunkKeys) if (!isCounted(key, counts)) tx.objectStore('chunks').delete(key);
      const owned = new Set(counts.keys());
      const fileKeys = await result(tx.objectStore('files').getAllKeys());
      for (const key of fileKeys) if (!owned.has(JSON.stringify(key))) tx.objectStore('files').delete(key);
    });
  }

  close(): Promise<void> {
    return this.#db.close();
  }
}

/** All keys that begin with these parts: in IndexedDB an array sorts after every string and number. */
function below(parts: string[]): IDBKeyRange {
  return IDBKeyRange.bound(parts, [...parts, []]);
}

function fileKey(id: string, path: string): string {
  return JSON.stringify([id, path]);
}

/** How many chunks there should be. */
function countChunks(entries: Entry[]): number {
  return entries.reduce((sum, entry) => sum + entry.chunks.length, 0);
}

/** How many chunks of each file are there without a gap, counted from the first. Keys come sorted. */
function countLeading(keys: IDBValidKey[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) {
    if (!Array.isArray(key)) continue;
    const [id, path, index] = key;
    const name = fileKey(String(id), String(path));
    const count = counts.get(name) ?? 0;
    if (index === count) counts.set(name, count + 1);
  }
  return counts;
}

function isCounted(key: IDBValidKey, counts: Map<string, number>): boolean {
  if (!Array.isArray(key)) return false;
  const [id, path, index] = key;
  return Number(index) < (counts.get(fileKey(String(id), String(path))) ?? 0);
}
