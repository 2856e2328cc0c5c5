/**
 * What the engine of this harness does, and when. Plain data: it reaches the worker through the engine's own door, as overrides
 * of a variant.
 */
export interface Script {
  /** Tokens that the prompt of a chat counts. */
  chatTokens: number;
  msPerPromptToken: number;
  /** Time from one token to the next, over and over. */
  gapsMs: number[];
  /** Every run takes this share longer than the one before, as on a machine that grows hot. */
  slowerPerRun?: number;
  /** Before this token of this run (both from 0) nothing comes for so long. */
  stall?: { run: number; token: number; ms: number };
  /** The engine says something else each time. */
  babbles?: boolean;
  /** A chat is answered with so many tokens, whatever was asked for. */
  answerTokens?: number;
  /** The engine's own counters are not numbers. */
  countsNaN?: boolean;
  /** Steps of the worker's clock, where they shall be coarser than the browser's. */
  clockStepMs?: number;
}

/** When a token (from 0) of a run (from 0) is ready, in ms since the run began. */
export function dueMs(script: Script, run: number, promptTokens: number, token: number): number {
  const slower = 1 + (script.slowerPerRun ?? 0) * run;
  let ms = script.msPerPromptToken * promptTokens;
  for (let step = 0; step < token; step++) ms += script.gapsMs[step % script.gapsMs.length]!;
  const { stall } = script;
  return ms * slower + (stall?.run === run && token >= stall.token ? stall.ms : 0);
}
