import type {
  Failure,
  GenerateRequest,
  Generation,
  Loaded,
  LoadProgress,
  Outcome,
  Variant,
} from './engine.ts';
import { failure } from './failures.ts';

/**
 * What the worker exposes to `client.ts`. Nothing here ever rejects: comlink keeps only the name, message and stack
 * of an error, so failures cross as data.
 */
export interface EngineHost {
  load(variant: Variant, onProgress: (progress: LoadProgress) => unknown): Promise<Outcome<Loaded>>;
  generate(
    request: GenerateRequest,
    onText: (delta: string, tokens: number) => unknown,
  ): Promise<Outcome<Generation>>;
  /** Asks the running generation to end. Answers at once; the generation then resolves with finish `aborted`. */
  interrupt(): void;
  reset(): Promise<Outcome<null>>;
  unload(): Promise<Outcome<null>>;
  /** A sign of life from the event loop; the failure tells of a device that was lost while nothing was running. */
  ping(): Failure | null;
}

/** How long it took to get the engine's code, so that a load can report it. */
export type HostFactory = (importMs: number) => EngineHost;

/**
 * A host that answers pings at once while the engine's code (megabytes) is still being fetched, and passes everything
 * else on to it. The fetch starts right away: a worker is only ever started on intent.
 *
 * A method of the host must be called as soon as the import is there, and in order.
 */
export function deferHost(importFactory: () => Promise<HostFactory>): EngineHost {
  const beganMs = performance.now();
  let host: EngineHost | null = null;
  const ready = importFactory().then((create): Outcome<EngineHost> => {
    host = create(performance.now() - beganMs);
    return { ok: true, value: host };
  }, importFailure);
  const pass = async <T>(call: (host: EngineHost) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const outcome = await ready;
    return outcome.ok ? call(outcome.value) : outcome;
  };
  return {
    load: (variant, onProgress) => pass((it) => it.load(variant, onProgress)),
    generate: (request, onText) => pass((it) => it.generate(request, onText)),
    interrupt: () => host?.interrupt(),
    reset: () => pass((it) => it.reset()),
    unload: () => pass((it) => it.unload()),
    ping: () => host?.ping() ?? null,
  };
}

/** A module that cannot be fetched fails with a TypeError in every browser; one that throws, with what it throws. */
function importFailure(error: unknown): Failure {
  const detail = String(error);
  if (error instanceof TypeError && /module|import/i.test(error.message)) {
    return failure('network-failed', { message: 'The code of the engine could not be fetched.', detail });
  }
  return failure('worker-died', {
    message: 'The engine could not start.',
    hint: 'Reload the page. If it stays, update the browser.',
    detail,
  });
}
