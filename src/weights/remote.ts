import type { Outcome } from '../engine/engine.ts';
import { toFailure } from './problems.ts';
import type { DownloadProgress, Weights } from './weights.ts';

/** What crosses the port between the page and the weights worker: calls by name, outcomes as data. */
export interface Remote {
  /** Runs one method of `Weights`. `job` names it for `cancel`; the last argument of the method is its options. */
  run(
    job: number,
    method: keyof Weights,
    args: unknown[],
    onProgress: OnProgress | null,
    inMemory?: boolean,
  ): Promise<Outcome<unknown>>;
  cancel(job: number): void;
}

type OnProgress = (progress: DownloadProgress) => void;

/** The worker's side. Errors become data here, because a port keeps only their name, message and stack. */
export function serve(opening: Weights | Promise<Weights>): Remote {
  const jobs = new Map<number, AbortController>();
  return {
    async run(job, method, args, onProgress, inMemory = false) {
      const controller = new AbortController();
      jobs.set(job, controller);
      const options = { signal: controller.signal, inMemory, ...(onProgress ? { onProgress } : {}) };
      try {
        const weights = await opening;
        const call = weights[method] as (...all: unknown[]) => Promise<unknown>;
        return { ok: true, value: await call.apply(weights, [...args, options]) };
      } catch (error) {
        return toFailure(error);
      } finally {
        jobs.delete(job);
      }
    },
    cancel(job) {
      jobs.get(job)?.abort();
    },
  };
}
