import { MEASURE, type Plan } from './plan.ts';
import type { Check, ModelFacts, Place, Result } from './result.ts';
import { run, type RunOptions } from './run.ts';
import { ScriptedEngine, type Script } from './scripted.ts';

/** Results for tests: made by the real run on a scripted engine, so that they cannot drift from what a run gives. */

export const MODEL: ModelFacts = {
  variant: 'scripted',
  quantization: 'q4f32_1',
  sizeBytes: 4e6,
  contextTokens: 4096,
  bytesPerToken: null,
  kvBytesPerToken: null,
};

export const PLACE: Place = {
  app: { version: '0.1.0', commit: 'abc1234567' },
  browser: { name: 'Chromium', version: '156', os: 'Linux' },
  timerStepMs: 0.1,
  bandwidth: null,
};

export const PASS: Check = { kind: 'golden', verdict: 'pass', agreeing: 32, total: 32, fault: null };

export const OPTIONS: RunOptions = { model: MODEL, place: PLACE, startedUtc: '2026-11-22T12:00:00Z' };

/** The result of a plan on a scripted engine. */
export function sampleResult(
  script: Partial<Script> = {},
  plan: Plan = MEASURE,
  options: Partial<RunOptions> = {},
): Promise<Result> {
  return run(new ScriptedEngine(script), plan, { ...OPTIONS, check: async () => PASS, ...options });
}
