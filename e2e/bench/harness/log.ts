import type { Script } from './script.ts';

/**
 * What the script saw, on a clock of its own: a message came to the worker, the engine was called, a token was ready. The app's
 * stamp of a token lies between the reading when it was ready and the next call.
 */
export interface Entry {
  what: 'arrival' | 'call' | 'ready';
  ms: number;
  /** The wall clock, which is another clock than that of the stamps; whole milliseconds. */
  wallMs: number;
}

/** Questions of the page to the worker beside the engine, and their answers. */
export type Question = 'log' | 'slowness';
export type Answer = { entries: Entry[] } | { slowness: number };

/** Where they are exchanged. */
export const CHANNEL = 'known delays';

/** Taken before anybody can put another clock in its place. */
const readClock = performance.now.bind(performance);

let entries: Entry[] = [];

/** Reads the clocks, and notes it. */
export function note(what: Entry['what']): number {
  const ms = readClock();
  entries.push({ what, ms, wallMs: Date.now() });
  return ms;
}

/** All notes since the last time. */
export function takeNotes(): Entry[] {
  const taken = entries;
  entries = [];
  return taken;
}

/** Waits for a point in time: roughly by the timer, exactly by looking at the clock. */
export async function until(ms: number): Promise<void> {
  const restMs = ms - readClock();
  if (restMs > 6) await new Promise((resolve) => setTimeout(resolve, restMs - 4));
  while (readClock() < ms);
}

/**
 * How many times as long as it could be this thread takes for its work: all of many equal pieces, each as short as a thread runs without
 * a break, against the fastest of them. 1 on an idle machine.
 */
export function slowness(): number {
  const piecesMs = Array.from({ length: 150 }, timePiece);
  const allMs = piecesMs.reduce((sum, ms) => sum + ms, 0);
  return allMs / (piecesMs.length * Math.min(...piecesMs));
}

function timePiece(): number {
  const start = readClock();
  let sum = 1;
  for (let step = 0; step < 1e6; step++) sum = (Math.imul(sum, 31) + step) | 0;
  const ms = readClock() - start;
  return sum === 0 ? NaN : ms; // the sum is looked at, or no compiler would compute it
}

/** From here on the worker's clock goes in such steps, as browsers that resist fingerprinting have it. */
export function coarsen({ clockStepMs: stepMs }: Script): void {
  performance.now = stepMs ? () => Math.floor(readClock() / stepMs) * stepMs : readClock;
}
