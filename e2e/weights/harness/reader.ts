import { expose } from 'comlink';
import { createMD5 } from 'hash-wasm';
import { storedUrl } from '../../../src/weights/address.ts';
import { installCaches, type StoredCaches } from '../../../src/weights/caches.ts';

let stored: StoredCaches | null = null;

/** Opens a model and reads a file as web-llm does. */
async function read(id: string, path: string): Promise<ArrayBuffer> {
  stored ??= installCaches();
  const cache = await caches.open('webllm/model');
  const request = new Request(storedUrl(id, path));
  if (!(await cache.match(request))) await cache.add(request);
  return (await (await cache.match(request))?.arrayBuffer()) ?? new ArrayBuffer(0);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

/** What was read, and how long it took. */
export interface Read {
  bytes: number;
  ms: number;
}

const reader = {
  /** Resolves with the MD5 of a file, or with the code of the error. */
  async md5(id: string, path: string): Promise<string> {
    try {
      const bytes = await read(id, path);
      return (await createMD5()).init().update(new Uint8Array(bytes)).digest();
    } catch (error) {
      return String((error as { code?: string }).code ?? error);
    }
  },

  /** Opens a model and reads these files through the store. */
  async open(id: string, paths: string[]): Promise<Read> {
    const start = performance.now();
    let bytes = 0;
    for (const path of paths) bytes += (await read(id, path)).byteLength;
    return { bytes, ms: performance.now() - start };
  },

  /** Reads every Blob of the database, whatever it is part of: the least that opening a model can cost. */
  async raw(name: string): Promise<Read> {
    const start = performance.now();
    const database = await result(indexedDB.open(name));
    const chunks = () => database.transaction('chunks').objectStore('chunks');
    let bytes = 0;
    for (const key of await result(chunks().getAllKeys())) {
      const blob = (await result(chunks().get(key))) as Blob;
      bytes += (await blob.arrayBuffer()).byteLength;
    }
    database.close();
    return { bytes, ms: performance.now() - start };
  },

  close(): void {
    stored?.close();
  },
};
export type Reader = typeof reader;

expose(reader);
