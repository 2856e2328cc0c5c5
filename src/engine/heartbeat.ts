import type { Clock } from './clock.ts';

const BEAT_MS = 5_000;
/** A beat this late means that the page itself was frozen, throttled or asleep; silence then proves nothing. */
const LATE_MS = 2 * BEAT_MS;

export interface Pulse {
  /** Resolves when the other side's event loop answers. */
  ping: () => Promise<unknown>;
  /** How long an answer may take at present, in milliseconds. */
  limitMs: () => number;
  /** Called once, when an answer took longer. */
  onSilent: () => void;
}

/** Asks every few seconds whether the worker's event loop still turns: a call to a hung worker never settles. */
export function startHeartbeat({ ping, limitMs, onSilent }: Pulse, clock: Clock): () => void {
  let askedMs: number | null = null;
  let beatMs = clock.now();
  const ask = () => {
    askedMs = clock.now();
    // A ping that fails is answered too: whatever closed the connection has already said why.
    const answered = () => void (askedMs = null);
    ping().then(answered, answered);
  };
  const stop = clock.every(BEAT_MS, () => {
    const late = clock.now() - beatMs > LATE_MS;
    beatMs = clock.now();
    if (askedMs === null) return ask();
    if (late) askedMs = beatMs;
    if (beatMs - askedMs < limitMs()) return;
    stop();
    onSilent();
  });
  ask();
  return stop;
}
