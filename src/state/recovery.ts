import type { EngineError, ErrorCode } from '../engine/engine.ts';
import { engineError } from '../engine/failures.ts';

/** A loss after so much calm is a first one again. */
const CALM_MS = 10 * 60_000;

const RESTART =
  'Restart the browser: after several GPU crashes it refuses until then. Closing other tabs and programs that use ' +
  'the GPU, or a smaller model, keeps it from happening again.';

/**
 * Whether a model that was lost is loaded again without being asked: once, and then not before a long calm. Chromium
 * takes the GPU from every page after the third crash of its GPU process, so the page stops before that.
 * https://chromium.googlesource.com/chromium/src/+/main/content/browser/gpu/gpu_data_manager_impl_private.cc
 */
export class Losses {
  #timesMs: number[] = [];

  /** Count a loss; true when loading again is worth it, that is, after `most` recent losses at the most. */
  count(nowMs: number, most = 1): boolean {
    this.#forget(nowMs);
    this.#timesMs.push(nowMs);
    return this.#timesMs.length <= most;
  }

  /** Losses that are not yet forgotten. */
  recent(nowMs: number): number {
    this.#forget(nowMs);
    return this.#timesMs.length;
  }

  #forget(nowMs: number): void {
    this.#timesMs = this.#timesMs.filter((ms) => nowMs - ms < CALM_MS);
  }
}

/** Errors of a load after which the same load can succeed in a fresh worker. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['device-lost', 'worker-died']);

/** With these the model is gone from the GPU, and the page has tried to load it again. */
const MODEL_GONE: ReadonlySet<ErrorCode> = new Set([...PASSING, 'engine-crashed', 'out-of-memory']);

export function isModelGone(code: ErrorCode): boolean {
  return MODEL_GONE.has(code);
}

export function isPassing({ code }: EngineError): boolean {
  return PASSING.has(code);
}

/** An error in words that know how often it happened. `losses`: the recent ones, this one included. */
export function wordedFor(error: EngineError, losses: number): EngineError {
  const { code, detail } = error;
  const words = detail === undefined ? {} : { detail };
  if (code === 'no-adapter' && losses > 0) {
    return engineError(code, {
      message: 'The browser gives this page no GPU any more.',
      hint: RESTART,
      ...words,
    });
  }
  if (losses < 2) return error;
  const message = AGAIN[code];
  return message ? engineError(code, { message, hint: STOPPED, ...words }) : error;
}

const AGAIN: Partial<Record<ErrorCode, string>> = {
  'device-lost': 'The GPU stopped working again, so this page does not load the model once more by itself.',
  'engine-crashed': 'The engine stopped again, so this page does not load the model once more by itself.',
  'out-of-memory':
    'The GPU ran out of memory again, so this page does not load the model once more by itself.',
  'worker-died': 'The engine died again, so this page does not load the model once more by itself.',
};

const STOPPED =
  'Choose a smaller model, or close other tabs and programs that use the GPU. If it stays, restart the browser.';
