/**
 * The life of one request: ends with the outer signal, or when nothing came for `stallMs`. One slow interval instead
 * of a timer for each read, because a fast line has thousands of reads a second.
 */
export class Watch {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #timer: ReturnType<typeof setInterval>;
  #lastMs = performance.now();

  constructor(outer: AbortSignal, stallMs: number) {
    this.#outer = outer;
    outer.addEventListener('abort', this.#abort);
    if (outer.aborted) this.#abort();
    this.#timer = setInterval(() => {
      const silentMs = performance.now() - this.#lastMs;
      if (silentMs >= stallMs)
        this.#controller.abort(new Error(`nothing came for ${Math.round(silentMs)} ms`));
    }, stallMs / 10);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came. */
  beat(): void {
    this.#lastMs = performance.now();
  }

  /** Silence does not count until the next beat. */
  hold(): void {
    this.#lastMs = Infinity;
  }

  /** Ends the request if it still runs, and frees the timer. */
  end(): void {
    clearInterval(this.#timer);
    this.#outer.removeEventListener('abort', this.#abort);
    this.#controller.abort();
  }

  readonly #abort = (): void => this.#controller.abort(this.#outer.reason);
}

/** Resolves after `ms`; rejects with the signal's reason when it aborts before. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
