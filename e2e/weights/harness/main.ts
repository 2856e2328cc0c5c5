import { wrap } from 'comlink';
import { createWeights } from '../../../src/weights/client.ts';
import type { DownloadProgress } from '../../../src/weights/weights.ts';
import type { Reader } from './reader.ts';

/** The weights room alone, in a page of its own, for tests to call through `window.room`. */
export interface Room {
  weights: ReturnType<typeof createWeights>;
  /** Progress of the downloads of this page, newest last. */
  seen: DownloadProgress[];
  /** A worker that reads as the engine does, and how to end it: a live one keeps the files it has seen. */
  reader(): { remote: ReturnType<typeof wrap<Reader>>; end(): void };
}

const room: Room = {
  weights: createWeights(),
  seen: [],
  reader: () => {
    const worker = new Worker(new URL('./reader.ts', import.meta.url), { type: 'module' });
    return { remote: wrap<Reader>(worker), end: () => worker.terminate() };
  },
};

Object.assign(window, { room });
