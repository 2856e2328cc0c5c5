import type { AdapterFacts, ErrorCode } from '../engine/engine.ts';
import type { Case, Plan } from './plan.ts';

/**
 * The record of one benchmark: what was measured, on what, and the raw stamps. Nothing derived is stored: rates,
 * intervals and findings are computed by `summary.ts` and `findings.ts` when a result is shown. From outside, a result comes in through `parse.ts` only.
 */

/** 2 added what a load consists of, circumstances, thinking, why a check failed, and the engine's own counts. 1 stays readable. */
export const RESULT_VERSION = 2;

/** Why a run has no figure, beside the engine's own `ErrorCode`s. */
export const REASON_CODES = [
  'hidden', // the page was not visible during the run
  'stalled', // the page or the machine stood still during the run
  'wrong-count', // the engine generated or prefilled another number of tokens than asked
  'bad-stamps', // stamps that run backwards, are not numbers, or span no time; or a speed that cannot be
  'check-failed', // the model did not answer correctly before the first run
] as const;
export type ReasonCode = ErrorCode | (typeof REASON_CODES)[number];

export interface Reason {
  code: ReasonCode;
  /** One calm sentence; for `ErrorCode`s the engine's own. */
  message: string;
}

/** One repetition of a case. All stamps are ms since `sentMs` of the same clock. */
export interface Run {
  warmup: boolean;
  /** Null: the run counts. Otherwise no figure is computed from it. */
  invalid: Reason | null;
  promptTokens: number | null;
  completionTokens: number | null;
  /**
   * Beside the GPU: one stamp per token, read back; null if the run never came to an end. `endsOnly`: just the first and
   * the last stamp were kept, as in results from links.
   */
  worker: { tokensMs: number[]; everyToken: boolean; endsOnly: boolean; endMs: number } | null;
  /** On the page; first and last text are null in runs with token prompts, which give no text. */
  page: { firstTextMs: number | null; lastTextMs: number | null; endMs: number } | null;
  /** The engine's own figures, a third witness; each null where it does not tell or tells no finite number. */
  usage: EngineFigures | null;
  /** What a model that thinks spent before its answer; null where it did not think. */
  thought: Thought | null;
}

/** The cost of thinking. */
export interface Thought {
  /** Tokens generated before the first one of the answer. */
  tokens: number;
  /** When the first token of the answer was read back, on the worker's clock; null if it was still thinking at the end. */
  answerMs: number | null;
}

/** From web-llm's `usage`. Its TTFT is its prefill timer. */
export interface EngineFigures {
  /** Tokens that it counts as prompt. It leaves out those that open a conversation. */
  promptTokens: number | null;
  completionTokens: number | null;
  ttftMs: number | null;
  prefillTps: number | null;
  decodeTps: number | null;
}

export interface CaseResult {
  case: Case;
  runs: Run[];
  /** Why the case was not run, or not to its end; null if it was. */
  stopped: Reason | null;
  /** How many gaps between tokens were how long (`gaps.ts`), where the single stamps were not kept; else null. */
  gapCounts: number[] | null;
}

/** Outcome of the check that comes before any speed; see `check.ts`. */
export interface Check {
  /** `golden`: against stored answers of this very model. `consistency`: the model against itself. */
  kind: 'golden' | 'consistency';
  verdict: 'pass' | 'fail';
  /** Positions that agreed, of those that count. */
  agreeing: number;
  total: number;
  /** What was wrong; null when it passed, and in records of version 1. */
  fault: CheckFault | null;
}

/** Ways in which a check fails. */
export const CHECK_FAULTS = [
  'wrong-tokens', // other tokens than the golden answer's
  'unsteady', // the same question was answered in two ways, or with one sign over and over
  'rereads-otherwise', // decoding does not agree with reading the same tokens as a prompt
  'bad-logits', // the model's output is not finite, or all of it is the same
  'no-known-answer', // questions that this model can answer were not answered
] as const;
export type CheckFault = (typeof CHECK_FAULTS)[number];

export interface ModelFacts {
  /** Id of the variant. */
  variant: string;
  quantization: string;
  /** All files together; null if not known. */
  sizeBytes: number | null;
  contextTokens: number;
  /** Weight bytes read from memory per decode step; null if not known. */
  bytesPerToken: number | null;
  /** KV cache bytes read per decode step and token of context; null if not known. */
  kvBytesPerToken: number | null;
}

/** What only the page can know about where the benchmark ran. */
export interface Place {
  app: { version: string; commit: string };
  /** As told by the browser; empty strings where it hides them. */
  browser: { name: string; version: string; os: string };
  /** Smallest step of `performance.now()` seen; null if not measured. */
  timerStepMs: number | null;
  /** Measured by `gpu/bandwidth.ts`; null if not measured. */
  bandwidth: { bytesPerS: number; submitMs: number } | null;
}

/** What came before the first run, part by part; null where a part was not needed or cannot be told apart. */
export interface LoadTimes {
  /** Fetching files that were not stored, before the load. */
  downloadMs: number | null;
  /** The load itself, without the download and without fetching the engine's code. */
  totalMs: number;
  importEngineMs: number | null;
  /** Weights from the store onto the GPU. */
  openStoreMs: number | null;
  /** Of `openStoreMs`, what is not waiting for the store: mostly copying onto the GPU. */
  uploadMs: number | null;
  /** KV cache, shaders and pipelines. */
  shadersMs: number | null;
  /** First request after the load to its first token: what is compiled or allocated only then is in it. */
  firstTokenMs: number | null;
}

/** What else went on while it was measured; null where the browser does not tell. */
export interface Circumstances {
  /** For some of the time at least. */
  onBattery: boolean | null;
  /** Files of a model were fetched or checked meanwhile, in this tab or another. */
  downloading: boolean | null;
}

export interface Result extends Place {
  version: typeof RESULT_VERSION;
  /** When the plan started: ISO 8601, UTC. */
  startedUtc: string;
  engine: { name: string; version: string };
  model: ModelFacts;
  adapter: AdapterFacts;
  load: LoadTimes;
  circumstances: Circumstances;
  plan: Plan;
  /** Null: no check was made. */
  check: Check | null;
  /** In the plan's order; cases that an abort left out are missing. */
  cases: CaseResult[];
  /** The user ended it early; what was finished is kept. */
  aborted: boolean;
}
