import { EngineError } from '../engine/engine.ts';
import type { Reason } from './result.ts';

/** After these the model is gone, so that every further call would fail alike. web-llm destroys its device when memory runs out. */
const FATAL: readonly string[] = [
  'device-lost',
  'out-of-memory',
  'engine-crashed',
  'worker-died',
  'not-loaded',
];

/** Whether a failure means that the model is gone. */
export function isFatal(why: Pick<Reason, 'code'> | null): boolean {
  return why !== null && FATAL.includes(why.code);
}

/** Whether an error means that the model is gone. */
export function isLoss(error: unknown): boolean {
  return error instanceof EngineError && isFatal(error);
}

/** Chromium refuses every adapter after the third crash of its GPU process. */
const MOST_RECOVERIES = 2;

/** Brings the model back; false when that cannot be done, or was done too often in this plan. */
export type Revive = () => Promise<boolean>;

/** @param recover loads the model again, in a fresh worker; left out where nobody can */
export function reviver(recover?: () => Promise<void>): { revive: Revive; revivals: () => number } {
  let tried = 0;
  const revive = async () => {
    if (!recover || tried === MOST_RECOVERIES) return false;
    tried += 1;
    // A failed recovery needs no word here: whoever asks next finds no model, and says so in its row.
    return recover().then(
      () => true,
      () => false,
    );
  };
  return { revive, revivals: () => tried };
}
