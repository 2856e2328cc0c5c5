import { heldByOlderApp, storageProblem, storageUnavailable } from './problems.ts';

/** Brings the database from version n to n + 1; step 0 creates it. Steps only ever add: older tabs may be open. */
export type Migration = (db: IDBDatabase, change: IDBTransaction) => void;

/** How long another tab may keep an older version open before we say so. */
const BLOCKED_MS = 5000;

/**
 * IndexedDB with promises that mean what they say: a write is done when its transaction is complete, because a full
 * disk shows only then (Chromium calls `onsuccess` first and aborts afterwards). Opens again by itself after the
 * browser closed it, e.g. because the visitor cleared the site's data.
 */
export class Database {
  readonly #name: string;
  readonly #migrations: Migration[];
  #opening: Promise<IDBDatabase> | null = null;

  constructor(name: string, migrations: Migration[]) {
    this.#name = name;
    this.#migrations = migrations;
  }

  /**
   * Runs `work` in one transaction and resolves when that is committed. `work` awaits nothing but requests.
   * Rejects with an `EngineError`: `storage-full` or `storage-unavailable`.
   */
  async run<T>(
    stores: string[],
    mode: 'readonly' | 'readwrite',
    work: (tx: IDBTransaction) => Promise<T>,
    options: IDBTransactionOptions = {},
  ): Promise<T> {
    try {
      const tx = await this.#begin(stores, mode, options);
      const committed = completion(tx);
      try {
        const value = await work(tx);
        await committed;
        return value;
      } catch (error) {
        abort(tx);
        await committed.catch((cause: unknown) => {
          throw isNamed(error, 'AbortError') ? cause : error;
        });
        throw error;
      }
    } catch (error) {
      throw storageProblem(error);
    }
  }

  /** Closes the connection; the next `run` opens it again. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    (await opening)?.close();
  }

  async #begin(stores: string[], mode: IDBTransactionMode, options: IDBTransactionOptions) {
    const db = await this.#open();
    try {
      return db.transaction(stores, mode, options);
    } catch (error) {
      if (!isNamed(error, 'InvalidStateError')) throw error;
      this.#opening = null; // the connection was closed under us
      return (await this.#open()).transaction(stores, mode, options);
    }
  }

  #open(): Promise<IDBDatabase> {
    this.#opening ??= openDatabase(this.#name, this.#migrations, () => (this.#opening = null)).catch(
      (error) => {
        this.#opening = null;
        throw error;
      },
    );
    return this.#opening;
  }
}

/** The result of one request. Inside `Database.run` only: its success does not mean that anything is stored. */
export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

function completion(tx: IDBTransaction): Promise<void> {
  const promise = new Promise<void>((resolve, reject) => {
    tx.addEventListener('complete', () => resolve());
    tx.addEventListener('abort', () =>
      reject(tx.error ?? new DOMException('transaction aborted', 'AbortError')),
    );
  });
  promise.catch(() => undefined); // it is awaited later; a failing request must not count as unhandled before that
  return promise;
}

function openDatabase(name: string, migrations: Migration[], onClosed: () => void): Promise<IDBDatabase> {
  if (!globalThis.indexedDB) return Promise.reject(storageUnavailable('no indexedDB'));
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, migrations.length);
    let timer: ReturnType<typeof setTimeout> | undefined;
    request.addEventListener('upgradeneeded', (event) => {
      const change = request.transaction;
      if (change) for (const migrate of migrations.slice(event.oldVersion)) migrate(request.result, change);
    });
    request.addEventListener('blocked', () => {
      timer = setTimeout(() => reject(heldByOlderApp()), BLOCKED_MS);
    });
    request.addEventListener('error', () => reject(request.error));
    request.addEventListener('success', () => {
      clearTimeout(timer);
      const db = request.result;
      // A newer version in another tab may upgrade at once; our next use then says that the page is outdated.
      db.addEventListener('versionchange', () => {
        onClosed();
        db.close();
      });
      db.addEventListener('close', onClosed);
      resolve(db);
    });
  });
}

function abort(tx: IDBTransaction): void {
  try {
    tx.abort();
  } catch {
    // it had ended by itself
  }
}

function isNamed(error: unknown, name: string): boolean {
  return (error instanceof Error || error instanceof DOMException) && error.name === name;
}
