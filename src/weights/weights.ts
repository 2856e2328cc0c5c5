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
  /** False: some of it is only in memory, and gone when the page is closed. */
  isKept: boolean;
}

export interface DownloadProgress {
  /** `listing`: reading config and tensor-cache. `checking`: reading what is stored (`verify`). */
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
  /** Store nothing more of this model: what is missing of it stays in memory until the page is closed. */
  inMemory?: boolean;
  /** Aborting stops the transfer; whole chunks that were stored stay, and the next download goes on from them. */
  signal?: AbortSignal;
}

/** Whether the browser promised to keep what is stored: it may otherwise delete everything when the disk fills up. */
export type Persistence = 'granted' | 'denied' | 'unsupported';

export interface Space {
  /** What this site stores now, in bytes; null if the browser does not tell. */
  usedBytes: number | null;
  /** How much more the browser lets this site store, in bytes; null if it cannot be found out. */
  freeBytes: number | null;
  /** False: this browser stores nothing, so models live in memory and are gone when the page is closed. */
  isKept: boolean;
}

/** What a model needs to run with the network gone, as the store knows it without reading weights. */
export interface Readiness {
  /** Every file is verified. */
  isReady: boolean;
  config: boolean;
  tokenizer: boolean;
  library: boolean;
  shardsVerified: number;
  /** Null when the list of shards is not stored. */
  shardsTotal: number | null;
  persistence: Persistence;
}

export interface Verification {
  model: StoredModel;
  /** Paths of files that were damaged and are deleted now; the next download fetches them again. */
  dropped: string[];
}

/** One file given by the visitor. `path` as in the folder or drop it came from, with `/` between parts. */
export interface GivenFile {
  path: string;
  blob: Blob;
}

/** What uses a model, in this or another tab: an engine that has it open, or a job that fetches or checks it. */
export type Holder = 'engine' | 'job';

/** All methods reject with an `EngineError` and with nothing else. */
export interface Weights {
  /** Every model of which something is stored, without reading any weights. */
  list(): Promise<StoredModel[]>;
  /** Fetch, check and store what is missing. Resolves when everything is verified and committed. */
  download(variant: Variant, options?: DownloadOptions): Promise<StoredModel>;
  /** A verified small file of a stored model as text, such as its golden answers; null when it is not stored. */
  readText(id: string, path: string): Promise<string | null>;
  /** What a model could not be deleted under just now; null when nothing uses it. */
  heldBy(id: string): Promise<Holder | null>;
  /** Delete all files of a model. Refused with `busy` while an engine uses it or a download writes it. */
  remove(id: string): Promise<void>;
  /**
   * Read every stored byte of a model again and compare it with its hash; damaged files are deleted. Also the first
   * aid when an engine cannot load a stored model: what was dropped comes back with the next `download`.
   */
  verify(id: string, options?: DownloadOptions): Promise<Verification>;
  /** Whether a model would run with the network gone. */
  ready(id: string): Promise<Readiness>;
  /** How much is stored and how much more fits. Takes some milliseconds and writes nothing. */
  space(): Promise<Space>;
  /** Ask the browser to keep what is stored. Only after a click: Firefox asks the visitor. */
  askPersist(): Promise<Persistence>;
  /** A verified model as one tar file. The bytes are read when the file is written, never all at once. */
  export(id: string): Promise<Blob>;
  /**
   * Store a model from files: one tar that `export` made, or the files of a folder in MLC layout. They are checked
   * exactly as a download is. `variant` says what a folder is; without it the folder must hold its library.
   */
  import(files: GivenFile[], variant: Variant | null, options?: DownloadOptions): Promise<StoredModel>;
}
