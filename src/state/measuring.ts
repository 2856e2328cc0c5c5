import { computed, signal } from '@preact/signals';
import type { Case, Plan } from '../bench/plan.ts';
import type { EngineError } from '../engine/engine.ts';

/** Where a benchmark is, apart from what runs one, which most pages do without. */

/** The same word is on the root element. */
export type BenchState = 'idle' | 'running' | 'done' | 'failed';

/** Where a benchmark is. It changes between runs only, so that nothing is drawn while one is timed. */
export interface BenchStep {
  plan: Plan;
  /** The case in hand; null while the answers are checked. */
  case: Case | null;
  warmup: boolean;
  /** Counts from 1, warm-ups apart. */
  number: number;
  /** Names of the cases that need no more runs: the others go on in turn. */
  done: readonly string[];
}

export const bench = signal<BenchState>('idle');
export const benchStep = signal<BenchStep | null>(null);
export const benchFailure = signal<EngineError | null>(null);
export const isMeasuring = computed(() => bench.value === 'running');
