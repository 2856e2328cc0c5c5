import type { Case } from './plan.ts';
import type { Reason } from './result.ts';

/** One figure over the valid timed runs of a case. */
export interface Figure {
  median: number;
  /** 95 % interval of the median by bootstrap; null with fewer than two runs. */
  interval: { low: number; high: number } | null;
  min: number;
  max: number;
  /** Runs that it rests on. */
  count: number;
}

/** What a case came to. Each figure is null when no run could tell it. Definitions: `measure.ts`. */
export interface Summary {
  case: Case;
  /** Valid timed runs. */
  valid: number;
  /** Timed runs without a figure. */
  invalid: number;
  stopped: Reason | null;
  ttftMs: Figure | null;
  prefillTps: Figure | null;
  decodeTps: Figure | null;
  tpotMs: Figure | null;
  /** Over the gaps of all valid runs together, ms. */
  itl: { p50Ms: number; p95Ms: number; p99Ms: number } | null;
  /** The same on the page's clock, where text came (chat cases). */
  page: { ttftMs: Figure | null; totalMs: Figure | null };
  /** The engine's own account. */
  engine: { ttftMs: Figure | null; prefillTps: Figure | null; decodeTps: Figure | null };
}
