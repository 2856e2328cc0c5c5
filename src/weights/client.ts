import { proxy, wrap, type Remote as Wrapped } from 'comlink';
import { EngineError, type Outcome, type Variant } from '../engine/engine.ts';
import { writeLock } from './locks.ts';
import { workerDied } from './problems.ts';
import type { Remote } from './remote.ts';
import { askPersist } from './space.ts';
import type {
  DownloadOptions,
  GivenFile,
  Holder,
  Persistence,
  Readiness,
  Space,
  StoredModel,
  Verification,
  Weights,
} from './weights.ts';

export interface ClientOptions {
  /** Makes the worker; tests give another one. */
  worker?: () => Worker;
}

/** The weights room for a page. Its worker starts with the first call, and again after it died. */
export function createWeights({ worker = startWorker }: ClientOptions = {}): Weights {
  return new Client(worker);
}

function startWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'weights' });
}

/** A worker that runs, and the promise that rejects when it stops. */
interface Running {
  remote: Wrapped<Remote>;
  death: Promise<never>;
  /** A service worker stood between it and the network at some time. */
  wasControlled: boolean;
}

class Client implements Weights {
  readonly #start: () => Worker;
  #running: Running | null = null;
  #jobs = 0;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  list(): Promise<StoredModel[]> {
    return this.#call('list', []);
  }

  download(variant: Variant, options: DownloadOptions = {}): Promise<StoredModel> {
    return this.#call('download', [absolute(variant)], options);
  }

  readText(id: string, path: string): Promise<string | null> {
    return this.#call('readText', [id, path]);
  }

  heldBy(id: string): Promise<Holder | null> {
    return this.#call('heldBy', [id]);
  }

  remove(id: string): Promise<void> {
    return this.#call('remove', [id]);
  }

  verify(id: string, options: DownloadOptions = {}): Promise<Verification> {
    return this.#call('verify', [id], options);
  }

  ready(id: string): Promise<Readiness> {
    return this.#call('ready', [id]);
  }

  space(): Promise<Space> {
    return this.#call('space', []);
  }

  askPersist(): Promise<Persistence> {
    return askPersist();
  }

  export(id: string): Promise<Blob> {
    return this.#call('export', [id]);
  }

  import(files: GivenFile[], variant: Variant | null, options: DownloadOptions = {}): Promise<StoredModel> {
    return this.#call('import', [files, variant && absolute(variant)], options);
  }

  async #call<T>(method: keyof Weights, args: unknown[], options: DownloadOptions = {}): Promise<T> {
    const { remote, death } = this.#current();
    const job = ++this.#jobs;
    const cancel = () => void remote.cancel(job);
    options.signal?.addEventListener('abort', cancel);
    try {
      const onProgress = options.onProgress ? proxy(options.onProgress) : null;
      const running = remote.run(job, method, args, onProgress, options.inMemory);
      if (options.signal?.aborted) cancel();
      // A call to a dead worker never settles, so it races with the death.
      return unwrap(await Promise.race([running, death])) as T;
    } finally {
      options.signal?.removeEventListener('abort', cancel);
    }
  }

  /**
   * The worker to ask. When the site's data is deleted its service worker goes too, and from then on Chromium fails every
   * request of a worker that it stood behind, but not of a new one. Jobs of the old one end by themselves.
   */
  #current(): Running {
    const running = this.#running;
    const isControlled = hasController();
    if (!running || (running.wasControlled && !isControlled)) return (this.#running = this.#launch());
    running.wasControlled ||= isControlled;
    return running;
  }

  #launch(): Running {
    const worker = this.#start();
    const death = new Promise<never>((_, reject) => {
      const die = (event: Event) => {
        this.#running = null;
        worker.terminate();
        reject(workerDied('message' in event ? String(event.message) : event.type));
      };
      worker.addEventListener('error', die);
      worker.addEventListener('messageerror', die);
    });
    death.catch(() => undefined); // it may die while nobody waits
    return { remote: wrap<Remote>(worker), death, wasControlled: hasController() };
  }
}

function hasController(): boolean {
  return Boolean(globalThis.navigator?.serviceWorker?.controller);
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new EngineError(outcome.code, outcome.message, outcome.hint, outcome.detail);
}

/** Addresses mean the same in the worker, which stands elsewhere than the page. */
function absolute(variant: Variant): Variant {
  return { ...variant, modelUrl: absoluteUrl(variant.modelUrl), libUrl: absoluteUrl(variant.libUrl) };
}

function absoluteUrl(url: string): string {
  return URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url;
}

/** Whether files of a model are fetched, checked or deleted now, here or in another tab; null where that cannot be seen. */
export async function isWriting(): Promise<boolean | null> {
  const locks = await navigator.locks?.query().catch(() => null);
  return locks ? (locks.held?.some(({ name }) => name?.startsWith(writeLock(''))) ?? false) : null;
}
