/**
 * The contract between the page and whatever generates text. It imports nothing, so every room may import it.
 *
 * Implementers: `webllm.ts` (in the worker, on the GPU), `client.ts` (on the page, in front of the worker) and a
 * scripted one in tests. Callers cannot tell them apart.
 *
 * Clocks: every `…Ms` stamp is milliseconds since the Unix epoch as `performance.timeOrigin + performance.now()`
 * gives it, so that stamps of the worker and of the page share one axis. Differences are what to trust.
 */

/** Everything that can go wrong, as one closed list. The same word is used in code, records and `data-` attributes. */
export const ERROR_CODES = [
  'no-webgpu', // the browser has no navigator.gpu
  'no-adapter', // navigator.gpu gives no adapter
  'limits-too-small', // the adapter's limits are below what the engine or the model needs
  'missing-feature', // the model needs a GPU feature that the adapter lacks
  'device-lost', // the GPU device went away
  'out-of-memory', // the GPU or the browser refused an allocation
  'engine-crashed', // the engine's runtime stopped; only a new worker helps
  'worker-died', // the worker failed to start, or does not answer any more
  'context-full', // the prompt does not fit into the context window
  'not-loaded', // no model is loaded
  'busy', // another job is running in this engine
  'bad-request', // the request itself makes no sense
  'bad-url', // a URL that cannot be used, with the reason
  'not-found', // the server answered 404 or 410
  'http-error', // any other refusal by a server
  'network-failed', // no answer, or the connection broke
  'not-a-model', // what is at the URL is not a model folder in MLC's format
  'library-invalid', // what is at the library's URL is not a model library, or not one for this engine
  'file-damaged', // size or hash of a fetched file is wrong
  'weights-missing', // the engine asked for a file that is not in the store
  'storage-full', // the browser refuses to store more
  'storage-unavailable', // no IndexedDB here
  'wrong-output', // the GPU computes wrongly: the golden answer was not reproduced
  'aborted', // the user asked for it
  'unknown', // anything else; the detail says what was seen
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error as data, the only form in which one crosses a thread. */
export interface Failure {
  ok: false;
  code: ErrorCode;
  /** One calm sentence: what happened. */
  message: string;
  /** One sentence: what to do next. */
  hint: string;
  /** What the machine said, for a bug report. Never shown first. */
  detail?: string;
}

/** A success or a failure, as sent over a port. */
export type Outcome<T> = { ok: true; value: T } | Failure;

/** The error that the page sees. `client.ts` turns a `Failure` into one, once. */
export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, message: string, hint: string, detail?: string) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
    this.hint = hint;
    this.detail = detail;
  }
}

/** One set of files that the engine can load: a model in one quantization, and the library compiled for it. */
export interface Variant {
  /** Unique; the key in the store, in records and in URLs. web-llm's own `model_id` where it has one. */
  id: string;
  quantization: string;
  /** Folder with `mlc-chat-config.json`, `tensor-cache.json`, shards and tokenizer. Absolute, or relative to the page. */
  modelUrl: string;
  /** The model library (`.wasm`). Absolute, or relative to the page. */
  libUrl: string;
  /** Bytes of all files together; null when it is not known before the manifest was read. */
  sizeBytes: number | null;
  /** GPU memory needed for weights, KV cache and scratch at the default context, in bytes; null if not known. */
  memoryBytes: number | null;
  /** Largest single GPU buffer that the model needs, in bytes; null if the default limits do. */
  bufferBytes: number | null;
  /** GPU features without which it cannot run, e.g. `shader-f16`. */
  features: string[];
  /** Tokens that fit into the KV cache. */
  contextTokens: number;
  /** Merged over `mlc-chat-config.json` by the engine. */
  overrides?: Record<string, unknown>;
  /** File name of the model manifest, for the models that have one (Gemma 4). */
  manifest?: string;
  /** File name of the golden answers (the self-test), for the models that carry some. */
  golden?: string;
  /** Pinned SHA-256 (lower-case hex) by path in the model's folder; `@library.wasm` for the library. */
  sha256?: Record<string, string>;
}

/** Where a load is. `openStore`: reading weights from IndexedDB onto the GPU. `shaders`: compiling pipelines. */
export type LoadPhase = 'starting' | 'openStore' | 'shaders';

export interface LoadProgress {
  phase: LoadPhase;
  /** 0..1 within this phase, or null if it cannot be known. */
  fraction: number | null;
}

export interface Loaded {
  variant: string;
  adapter: AdapterFacts;
  engine: { name: 'web-llm'; version: string };
  /** Milliseconds spent, by part; null where the engine does not tell. */
  loadMs: {
    total: number;
    importEngine: number | null;
    openStore: number | null;
    /** Of `openStore`, what is not waiting for the store. */
    upload: number | null;
    shaders: number | null;
  };
  /** The first request after the load to its first token, in ms; null before one. */
  firstTokenMs: number | null;
  contextTokens: number;
  /** `vocab_size` of the model's config: token ids are 0 … vocabularySize - 1. */
  vocabularySize: number;
  /** Whether its vocabulary has a token of its own that opens a thought; null when the engine does not tell. */
  canThink: boolean | null;
}

/** The adapter that really runs the model. All strings as the browser gives them; empty if it hides them. */
export interface AdapterFacts {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
  /** True when the "GPU" is software running on the CPU. */
  software: boolean;
  features: string[];
  maxBufferBytes: number;
  maxBindingBytes: number;
}

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/**
 * What to generate from: a chat, plain text without a template, or token ids (exact lengths; used by benchmarks).
 * Token ids start from an empty KV cache, nothing is added to them, and no text comes back. `past` ids are put into the
 * cache before them, as if read long ago: the worker's `sentMs` is stamped after that, and `promptTokens` leaves them out.
 */
export type Prompt = { messages: Message[] } | { text: string } | { tokens: number[]; past?: number[] };

export interface GenerateRequest {
  prompt: Prompt;
  /** At most this many tokens are generated. */
  maxTokens: number;
  /** 0 is greedy. Null: the model's own default. */
  temperature: number | null;
  topP: number | null;
  /** Same seed, same text. Null: random. */
  seed: number | null;
  /** Go on past the end-of-text token, so that exactly `maxTokens` come out. */
  ignoreEos: boolean;
  /** Look at the model's output for the first token, to tell a GPU that computes nonsense. */
  inspect?: boolean;
  /**
   * False: answer at once. Left out: as the model does by itself. It only matters for chats with models that think, and
   * must not be false for others, which would read an empty thought that they know nothing of.
   */
  thinking?: boolean;
}

export type Finish = 'stop' | 'length' | 'aborted';

/** One finished generation: raw facts only, nothing derived. `bench/measure` does the arithmetic. */
export interface Generation {
  /**
   * The complete text, which may be longer than what `onText` delivered before. Empty for token prompts. A thought stands
   * between `<think>` and `</think>`, also where the model's template put the opening tag into the prompt.
   */
  text: string;
  finish: Finish;
  /** Generated ids, a stop token included; null where the engine does not tell them. */
  tokens: number[] | null;
  /** Tokens that were prefilled for this answer; null when the engine does not tell. */
  promptTokens: number | null;
  /** Tokens generated, the one sampled at the end of prefill and a stop token included; null when unknown. */
  completionTokens: number | null;
  /** Tokens in the KV cache at the end: how much of the context window is used. Null when the engine does not tell. */
  contextTokens: number | null;
  /** Stamps taken in the worker, beside the GPU. */
  worker: Stamps;
  /** Stamps taken on the page; null when there is no page (the engine was called directly). */
  page: PageStamps | null;
  /** web-llm's own `usage` record, untouched; for token prompts, which have none, the same fields from its counters. */
  usage: Record<string, unknown> | null;
  /** What a model that thinks wrote before its answer; left out or null when it did not think. */
  thought?: { tokens: number; answerMs: number | null } | null;
  /** Only where `inspect` asked for it and the engine lets its output be seen. */
  logits?: { finite: boolean; constant: boolean };
  adapter: AdapterFacts;
}

export interface Stamps {
  /** The request arrived in the worker. */
  sentMs: number;
  /** One stamp for each token, taken when its id was read back from the GPU. */
  tokensMs: number[];
  /** False when some tokens could not be stamped one by one; then no rate must be computed from `tokensMs`. */
  everyToken: boolean;
  endMs: number;
}

export interface PageStamps {
  sentMs: number;
  /** The first non-empty text arrived; null if none did. */
  firstTextMs: number | null;
  lastTextMs: number | null;
  endMs: number;
}

export interface LoadOptions {
  onProgress?: (progress: LoadProgress) => void;
  signal?: AbortSignal;
}

export interface GenerateOptions {
  /**
   * Called with each new piece of text, about every 16 ms, and with the number of tokens generated so far, from
   * which live figures are made. Never awaited.
   */
  onText?: (delta: string, tokens: number) => void;
  signal?: AbortSignal;
}

/**
 * Loads one model at a time and generates with it, one job at a time; a second job is refused with `busy`.
 * All methods reject with an `EngineError` and with nothing else.
 */
export interface Engine {
  /**
   * Load a variant whose files are in the store. Replaces the model that was loaded.
   * Aborting ends the worker: nothing in web-llm frees a GPU device after a cancelled load.
   */
  load(variant: Variant, options?: LoadOptions): Promise<Loaded>;
  /**
   * Generate. Aborting is asking: the promise resolves with finish `aborted` and the text so far. What was aborted
   * before it began rejects with `aborted`.
   */
  generate(request: GenerateRequest, options?: GenerateOptions): Promise<Generation>;
  /** Forget the conversation and empty the KV cache. */
  reset(): Promise<void>;
  /** Free the GPU. */
  unload(): Promise<void>;
  /** What is loaded, or null. */
  describe(): Loaded | null;
}
