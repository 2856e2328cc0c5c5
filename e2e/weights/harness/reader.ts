import { expose } from 'comlink';
import { createMD5 } from 'hash-wasm';
import { storedUrl } from '../../../src/weights/address.ts';
import { installCaches, type StoredCaches } from '../../../src/weights/caches.ts';

let stored: StoredCaches | null = null;

const reader = {
  /** Opens a model and reads a file as web-llm does. Resolves with its MD5, or with the code of the error. */
  async md5(id: string, path: string): Promise<string> {
    stored ??= installCaches();
    const cache = await caches.open('webllm/model');
    const request = new Request(storedUrl(id, path));
    try {
      if (!(await cache.match(request))) await cache.add(request);
      const bytes = await (await cache.match(request))?.arrayBuffer();
      return (await createMD5())
        .init()
        .update(new Uint8Array(bytes ?? new ArrayBuffer(0)))
        .digest();
    } catch (error) {
      return String((error as { code?: string }).code ?? error);
    }
  },
  close(): void {
    stored?.close();
  },
};
export type Reader = typeof reader;

expose(reader);
