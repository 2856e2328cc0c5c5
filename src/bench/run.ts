import type { Engine } from '../engine/engine.ts';
import type { Case, Plan } from './plan.ts';
import type { CaseResult, Check, ModelFacts, Place, Result, Run } from './result.ts';

/** Hooks through which a run is followed, as Speedometer's runner has them. None is awaited, none may throw. */
export interface Observer {
  planStarted?(plan: Plan): void;
  checkFinished?(check: Check): void;
  caseStarted?(c: Case, index: number): void;
  /** `number` counts from 1 within the case; `most` is how many there can be. Warm-ups count apart. */
  runStarted?(c: Case, run: { warmup: boolean; number: number; most: number }): void;
  runFinished?(c: Case, run: Run): void;
  caseFinished?(result: CaseResult): void;
  planFinished?(result: Result): void;
  /** The plan could not be run at all; the promise rejects with the same error. */
  failed?(error: unknown): void;
}

/** Tells what disturbed a run. The page implements it; the bench has no DOM. */
export interface Watch {
  begin(): void;
  /** What was seen since `begin`, or null. */
  end(): 'hidden' | 'stalled' | null;
}

export interface RunOptions {
  model: ModelFacts;
  place: Place;
  /** ISO 8601, UTC: the bench has no clock of its own. */
  startedUtc: string;
  observer?: Observer;
  /** Ends the plan early; what is finished is kept. */
  signal?: AbortSignal;
  watch?: Watch;
  /** The check to make before the first run (`check.ts`); a failed one leaves every case without a run. */
  check?: (engine: Engine, signal?: AbortSignal) => Promise<Check>;
  /** Brings the model back after a lost device or a crash. Without it, the cases that remain are stopped with that reason. */
  recover?: () => Promise<void>;
}
