import { proxy } from 'comlink';
import { systemClock, type Clock } from './clock.ts';
import { Connection, type ConnectionJob, type WorkerLike } from './connection.ts';
import type {
  Engine,
  EngineError,
  ErrorCode,
  GenerateOptions,
  GenerateRequest,
  Generation,
  Loaded,
  LoadOptions,
  LoadProgress,
  Variant,
} from './engine.ts';
import { engineError, isEngineError, failureOf, errorOf } from './failures.ts';
import { PageClock } from './pageclock.ts';

/** After these the worker's GPU device or runtime is gone, and only a new worker helps. */
const FATAL: ReadonlySet<ErrorCode> = new Set([
  'device-lost',
  'out-of-memory',
  'engine-crashed',
  'worker-died',
]);

/** How long the GPU may take to be freed in good order before the worker is ended anyway. */
const FAREWELL_MS = 2_000;

export interface EngineOptions {
  createWorker?: () => WorkerLike;
  clock?: Clock;
  /** The loaded model was lost while nothing was asked of it: the worker died, or the GPU went away. */
  onDeath?: (error: EngineError) => void;
}

/** The `Engine` of a page, with a door to get ready early. */
export interface EngineClient extends Engine {
  /** Start the worker and the fetching of the engine's code, on the first sign that a model will be loaded. */
  preload(): void;
}

/** An engine for the page: it owns a worker, gives it one job at a time and starts a new one after each failure. */
export function createEngine(options: EngineOptions = {}): EngineClient {
  return new PageEngine(options);
}

/** The URL stands here as a literal, because that is how the bundler finds the worker. */
function startWorker(): WorkerLike {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });
}

class PageEngine implements EngineClient {
  readonly #createWorker: () => WorkerLike;
  readonly #clock: Clock;
  readonly #onDeath: (error: EngineError) => void;
  #connection: Connection | null = null;
  #loaded: Loaded | null = null;
  #busy = false;

  constructor({ createWorker = startWorker, clock = systemClock, onDeath = () => {} }: EngineOptions) {
    this.#createWorker = createWorker;
    this.#clock = clock;
    this.#onDeath = onDeath;
  }

  preload(): void {
    if (this.#connection) return;
    try {
      this.#connect();
    } catch {
      // A worker that cannot be made is told by `load`, when somebody waits for it.
    }
  }

  describe(): Loaded | null {
    return this.#loaded;
  }

  load(variant: Variant, { onProgress = () => {}, signal }: LoadOptions = {}): Promise<Loaded> {
    return this.#job('load', signal, async () => {
      if (this.#loaded) await this.#farewell();
      const connection = this.#connect();
      const abort = () => this.#close(engineError('aborted'));
      signal?.addEventListener('abort', abort);
      const relay = whileOpen((progress: LoadProgress) => onProgress(progress));
      try {
        this.#loaded = await connection.call(connection.host.load(variant, proxy(relay.call)));
        return this.#loaded;
      } catch (error) {
        // web-llm frees nothing after a load that failed; ending the worker does.
        this.#close(asEngineError(error));
        throw error;
      } finally {
        relay.close();
        signal?.removeEventListener('abort', abort);
      }
    });
  }

  generate(
    request: GenerateRequest,
    { onText = () => {}, signal }: GenerateOptions = {},
  ): Promise<Generation> {
    return this.#job('generate', signal, async () => {
      const connection = this.#ready();
      const clock = new PageClock();
      const stop = () => {
        connection.job = 'stop';
        void connection.host.interrupt();
      };
      signal?.addEventListener('abort', stop);
      const relay = whileOpen((delta: string, tokens: number) => {
        clock.text();
        onText(delta, tokens);
      });
      try {
        const generation = await connection.call(connection.host.generate(request, proxy(relay.call)));
        this.#noteFirst(generation);
        return { ...generation, page: clock.finish(generation.text) };
      } finally {
        relay.close();
        signal?.removeEventListener('abort', stop);
      }
    });
  }

  reset(): Promise<void> {
    return this.#job('generate', undefined, async () => {
      const connection = this.#ready();
      await connection.call(connection.host.reset());
    });
  }

  unload(): Promise<void> {
    return this.#job('load', undefined, () => this.#farewell());
  }

  /** Runs one job; a second one is refused meanwhile. What it throws is an `EngineError`, and ends a worker it is fatal to. */
  async #job<T>(job: ConnectionJob, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw engineError('busy');
    if (signal?.aborted) throw engineError('aborted');
    this.#busy = true;
    if (this.#connection) this.#connection.job = job;
    try {
      return await work();
    } catch (caught) {
      const error = asEngineError(caught);
      if (FATAL.has(error.code)) this.#close(error);
      throw error;
    } finally {
      this.#busy = false;
      if (this.#connection) this.#connection.job = null;
    }
  }

  /** How long the first token after a load took: some of a load only happens then. */
  #noteFirst({ worker: { sentMs, tokensMs } }: Generation): void {
    const [firstMs] = tokensMs;
    if (!this.#loaded || this.#loaded.firstTokenMs !== null || firstMs === undefined) return;
    this.#loaded = { ...this.#loaded, firstTokenMs: firstMs - sentMs };
  }

  #ready(): Connection {
    if (!this.#connection || !this.#loaded) throw engineError('not-loaded');
    return this.#connection;
  }

  #connect(): Connection {
    if (this.#connection) return this.#connection;
    const connection = new Connection(this.#createWorker(), {
      clock: this.#clock,
      onDeath: (error) => {
        if (this.#connection !== connection) return;
        const tell = this.#loaded !== null && !this.#busy;
        this.#forget();
        if (tell) this.#onDeath(error);
      },
    });
    this.#connection = connection;
    return connection;
  }

  /** Lets the worker free the GPU, which must be over before another model asks for memory, and ends it. */
  async #farewell(): Promise<void> {
    const connection = this.#connection;
    if (connection && this.#loaded) {
      let stop!: () => void;
      const tooLong = new Promise<void>((resolve) => (stop = this.#clock.every(FAREWELL_MS, resolve)));
      const unloaded = connection.call(connection.host.unload()).catch(() => {}); // it is ended in either case
      await Promise.race([unloaded, tooLong]).finally(stop);
    }
    this.#close(engineError('not-loaded'));
  }

  #close(error: EngineError): void {
    this.#connection?.close(error);
    this.#forget();
  }

  #forget(): void {
    this.#connection = null;
    this.#loaded = null;
  }
}

/** A callback for the worker that goes quiet once closed: its last call can arrive after the result. */
function whileOpen<T extends unknown[]>(callback: (...values: T) => void) {
  let open = true;
  return {
    call: (...values: T) => {
      if (!open) return;
      try {
        callback(...values);
      } catch (error) {
        reportError(error); // a mistake of the page is not the worker's
      }
    },
    close: () => void (open = false),
  };
}

function asEngineError(error: unknown): EngineError {
  return isEngineError(error) ? error : errorOf(failureOf(error));
}
