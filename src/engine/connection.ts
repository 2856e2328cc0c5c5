import { releaseProxy, wrap, type Endpoint, type Remote } from 'comlink';
import type { Clock } from './clock.ts';
import type { EngineError, Failure, Outcome } from './engine.ts';
import { engineError, errorOf, valueOf } from './failures.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { EngineHost } from './host.ts';

/** The parts of `Worker` that are used, so that tests can put a MessagePort in its place. */
export type WorkerLike = Endpoint & { terminate(): void };

/** What the worker is asked to do, apart from pings. `stop`: to end a generation. */
export type ConnectionJob = 'load' | 'generate' | 'stop';

/**
 * How long the worker's event loop may stand still, in milliseconds. Compiling shaders can block it for a minute on a
 * slow machine, reading a long prompt for some seconds, and nothing at all when it is idle. Whoever pressed Stop waits for
 * nothing but its end.
 */
const LIMITS_MS = { load: 180_000, generate: 60_000, stop: 5_000, idle: 10_000 };
/** Until its first sign of life: its script is small, and does not wait for the engine's code. */
const START_LIMIT_MS = 45_000;

const UNSTOPPED = 'The engine did not answer to Stop, so it was ended.';

export interface ConnectionOptions {
  clock: Clock;
  /** Called when it ends without having been closed by us. */
  onDeath: (error: EngineError) => void;
}

/** One worker and what is known of its life. A call in flight fails when the worker dies, instead of never settling. */
export class Connection {
  readonly host: Remote<EngineHost>;
  /** The job in hand; null when it is idle. Getting ready counts as a part of the first load. */
  job: ConnectionJob | null = 'load';
  readonly #worker: WorkerLike;
  readonly #onDeath: (error: EngineError) => void;
  readonly #ended: Promise<never>;
  readonly #stopHeartbeat: () => void;
  #end!: (error: EngineError) => void;
  #closed = false;
  #hasAnswered = false;

  constructor(worker: WorkerLike, { clock, onDeath }: ConnectionOptions) {
    this.#worker = worker;
    this.#onDeath = onDeath;
    this.host = wrap<EngineHost>(worker);
    this.#ended = new Promise<never>((_resolve, reject) => (this.#end = reject));
    this.#ended.catch(() => {}); // nobody may be waiting when it ends
    this.#listen();
    this.#stopHeartbeat = startHeartbeat(
      {
        ping: () => this.#ping(),
        limitMs: () => (this.#hasAnswered ? LIMITS_MS[this.job ?? 'idle'] : START_LIMIT_MS),
        onSilent: () =>
          this.#die(engineError('worker-died', this.job === 'stop' ? { message: UNSTOPPED } : {})),
      },
      clock,
    );
  }

  /** The value of a call to `host`; rejects with an `EngineError` on failure, and when the worker ends before. */
  async call<T>(outcome: Promise<Outcome<T>>): Promise<T> {
    outcome.catch(() => {}); // it may lose the race
    return valueOf(await Promise.race([outcome, this.#ended]));
  }

  /** End the worker. Calls in flight reject with `error`. */
  close(error: EngineError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopHeartbeat();
    this.#end(error);
    this.host[releaseProxy]();
    this.#worker.terminate();
  }

  #die(error: EngineError): void {
    if (this.#closed) return;
    this.close(error);
    this.#onDeath(error);
  }

  #listen(): void {
    this.#worker.addEventListener('error', (event) => {
      const detail = (event as Partial<ErrorEvent>).message;
      this.#die(engineError('worker-died', { message: 'The engine failed to start, or stopped.', detail }));
    });
    this.#worker.addEventListener('messageerror', () => {
      this.#die(engineError('worker-died', { detail: 'a message could not be read' }));
    });
  }

  /** The first answer also says that the worker's script has been fetched and runs. */
  async #ping(): Promise<void> {
    const lost: Failure | null = await this.host.ping();
    this.#hasAnswered = true;
    if (lost && this.job === null) this.#die(errorOf(lost));
  }
}
