import type { Variant } from '../engine/engine.ts';

/**
 * The contract of the weights room: which files a model has, which of them are stored, and how they get there.
 * `client.ts` gives a page an implementation of `Weights` that works in a worker of its own.
 */

/** `whole`: all bytes are there, not yet checked. Only `verified` files are ever given to the engine. */
export type FileState = 'absent' | 'partial' | 'whole' | 'verified';

/** One file of a model. `path` is relative to the model's folder; the library's path is `LIBRARY_PATH`. */
export interface ManifestFile {
  path: string;
  /** Absolute URL it is fetched from. */
  url: string;
  /** Null until a server told; shards are always known from `tensor-cache.json`. */
  sizeBytes: number | null;
  /** Lower-case hex, where one is known. */
  md5: string | null;
  sha256: string | null;
  kind: 'config' | 'tokenizer' | 'tensors' | 'shard' | 'library' | 'manifest' | 'golden';
}

export interface StoredFile {
  path: string;
  state: FileState;
  storedBytes: number;
  sizeBytes: number | null;
}

/** One model in the store. */
export interface StoredModel {
  id: string;
  /** What it was downloaded as, so that it can be continued and run without the catalogue or the network. */
  variant: Variant;
  modelUrl: string;
  libUrl: string;
  state: 'partial' | 'verified';
  storedBytes: number;
  totalBytes: number | null;
  files: StoredFile[];
  addedMs: number;
  usedMs: number;
}

export interface DownloadProgress {
  /** `listing`: reading config and tensor-cache. `checking`: the last hashes. */
  phase: 'listing' | 'downloading' | 'checking';
  /** Bytes received or already stored, of this model. Exact. */
  doneBytes: number;
  totalBytes: number | null;
  /** Mean over the last few seconds; null until there is enough to tell. */
  rateBytesPerS: number | null;
  leftMs: number | null;
  filesDone: number;
  filesTotal: number | null;
  /** One sentence worth showing, e.g. that a server cannot resume or that another tab does the work; else null. */
  note: string | null;
}

export interface DownloadOptions {
  onProgress?: (progress: DownloadProgress) => void;
  /** Aborting stops the transfer; whole chunks that were stored stay, and the next download goes on from them. */
  signal?: AbortSignal;
}

/** All methods reject with an `EngineError` and with nothing else. */
export interface Weights {
  /** Every model of which something is stored, without reading any weights. */
  list(): Promise<StoredModel[]>;
  /** Fetch, check and store what is missing. Resolves when everything is verified and committed. */
  download(variant: Variant, options?: DownloadOptions): Promise<StoredModel>;
  /** A verified small file of a stored model as text, such as its golden answers; null when it is not stored. */
  readText(id: string, path: string): Promise<string | null>;
  /** Delete all files of a model. */
  remove(id: string): Promise<void>;
}
