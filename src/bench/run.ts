import { EngineError, type Engine, type Loaded } from '../engine/engine.ts';
import type { Case, Plan } from './plan.ts';
import { isLoss, reviver, type Revive } from './recovery.ts';
import { runRounds } from './rounds.ts';
import {
  RESULT_VERSION,
  type CaseResult,
  type Check,
  type Circumstances,
  type LoadTimes,
  type ModelFacts,
  type Place,
  type Result,
  type Run,
} from './result.ts';

/**
 * Hooks through which a run is followed, as Speedometer's runner has them. None is awaited, none may throw. Cases take turns, so
 * runs of several come between the start of a case and its end.
 */
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
  /** Resolves when a run may begin: not before the page is visible. Resolves too when the signal is aborted. */
  ready?(signal?: AbortSignal): Promise<void>;
  begin(): void;
  /** What was seen since `begin`, or null. */
  end(): 'hidden' | 'stalled' | null;
}

export interface RunOptions {
  model: ModelFacts;
  place: Place;
  /** How long the download before the load took; null or left out when nothing was fetched. */
  downloadMs?: number | null;
  /** Asked at the end, for what went on meanwhile. */
  circumstances?: () => Circumstances;
  /** ISO 8601, UTC: the bench has no clock of its own. */
  startedUtc: string;
  observer?: Observer;
  /** Ends the plan early; what is finished is kept. */
  signal?: AbortSignal;
  watch?: Watch;
  /** The check to make before the first run (`check.ts`); a failed one leaves every case without a run. */
  check?: (engine: Engine, signal?: AbortSignal) => Promise<Check>;
  /**
   * Brings the model back after a lost device or a crash, in a fresh worker. The first loss in a case is made up for, the second
   * one ends the case, and the third one of a plan ends the plan: the cases that remain get that reason.
   */
  recover?: () => Promise<void>;
  /** Calls after so many ms, unless the function that it returns was called: runs that come to no end are stopped by it. */
  timer?: (ms: number, call: () => void) => () => void;
}

/**
 * Run a plan on the model that is loaded, the cases in turn (`rounds.ts`). The KV cache is emptied before every run, and
 * every case is warmed up in its full shape. A run that fails becomes an invalid row with its reason, and the plan goes on.
 * Resolves with what was measured, also when it was aborted or when the check failed (then without any run).
 * @throws {EngineError} when no model is loaded or the check could not be made.
 */
export async function run(engine: Engine, plan: Plan, options: RunOptions): Promise<Result> {
  try {
    const result = await runPlan(engine, plan, options);
    options.observer?.planFinished?.(result);
    return result;
  } catch (error) {
    options.observer?.failed?.(error);
    throw error;
  }
}

async function runPlan(engine: Engine, plan: Plan, options: RunOptions): Promise<Result> {
  const loaded = engine.describe();
  if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.', 'Load a model, then measure it.');
  options.observer?.planStarted?.(plan);
  const bringBack = reviver(options.recover);
  const check = await runCheck(engine, options, bringBack.revive);
  const firstTokenMs = loaded.firstTokenMs ?? engine.describe()?.firstTokenMs ?? null;
  const cases = check === 'aborted' ? [] : await runRounds({ engine, plan, options, ...bringBack }, check);
  return {
    ...options.place,
    version: RESULT_VERSION,
    startedUtc: options.startedUtc,
    engine: loaded.engine,
    model: options.model,
    adapter: loaded.adapter,
    load: loadTimes({ ...loaded, firstTokenMs }, options.downloadMs ?? null),
    circumstances: options.circumstances?.() ?? { onBattery: null, downloading: null },
    plan,
    check: check === 'aborted' ? null : check,
    cases,
    aborted: options.signal?.aborted ?? false,
  };
}

function loadTimes({ loadMs, firstTokenMs }: Loaded, downloadMs: number | null): LoadTimes {
  return {
    downloadMs,
    totalMs: loadMs.total,
    importEngineMs: loadMs.importEngine,
    openStoreMs: loadMs.openStore,
    uploadMs: loadMs.upload,
    shadersMs: loadMs.shaders,
    firstTokenMs: firstTokenMs === null ? null : Math.round(firstTokenMs),
  };
}

type Checked = Check | null | 'aborted';

async function runCheck(engine: Engine, options: RunOptions, revive: Revive): Promise<Checked> {
  if (!options.check) return null;
  try {
    const check = await options.check(engine, options.signal);
    options.observer?.checkFinished?.(check);
    return check;
  } catch (error) {
    if (options.signal?.aborted) return 'aborted';
    if (isLoss(error) && (await revive())) return runCheck(engine, options, revive);
    throw error;
  }
}
