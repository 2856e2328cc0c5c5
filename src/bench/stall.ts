import { figures, reason, type Timings } from './measure.ts';
import type { Reason } from './result.ts';
import { median } from './stats.ts';

/** A gap between two tokens is a stall from so many times the usual one … */
const TIMES = 20;
/** … if it is this long at least: a person would call it a stop, and a machine that is merely busy does not reach it. */
const LEAST_MS = 1000;

/** Why a run with a gap far beyond its others must not count: the machine slept, or something took the whole GPU. */
export function stallOf(run: Timings): Reason | null {
  const { gapsMs } = figures(run);
  if (gapsMs.length < 4) return null;
  const longest = gapsMs.reduce((most, gap) => Math.max(most, gap), 0);
  if (longest < LEAST_MS || longest < TIMES * median(gapsMs)) return null;
  return reason('stalled', `No token came for ${(longest / 1000).toFixed(1)} s in this run.`);
}

/** Before a first run tells, a run may take as long as a large model on a slow machine takes. */
const FIRST_PATIENCE_MS = 600_000;
const LEAST_PATIENCE_MS = 30_000;

/** How long to wait for a run, in ms, when earlier ones of its case took so long: far beyond what was seen. */
export function patienceMs(earlierMs: number[]): number {
  if (earlierMs.length === 0) return FIRST_PATIENCE_MS;
  return Math.max(LEAST_PATIENCE_MS, TIMES * Math.max(...earlierMs));
}
