import { random } from '../bench/random.ts';
import type { Plan } from '../bench/plan.ts';
import type { Result } from '../bench/result.ts';
import { OPTIONS, PLACE, sampleResult } from '../bench/samples.ts';
import { ScriptedEngine, type Script } from '../bench/scripted.ts';
import type { Generation } from '../engine/engine.ts';

/** Results that look as real ones do, for tests and for figures about links. */

const FEATURES = [
  'bgra8unorm-storage',
  'core-features-and-limits',
  'shader-f16',
  'subgroups',
  'timestamp-query',
];
export const ADAPTER = {
  ...new ScriptedEngine().describe()!.adapter,
  vendor: 'nvidia',
  architecture: 'ampere',
  features: FEATURES,
};
const BANDWIDTH = { bytesPerS: 412e9, submitMs: 0.35 };

/** A script with noise in every time, by a seed; `size` is the noise as a share. */
export function noisy(seed: number, size: number): Partial<Script> {
  const next = random(seed);
  return {
    adapter: ADAPTER,
    prefillMsPerToken: 1.7,
    thoughtTokens: 300,
    endsAfter: 312,
    decodeMs: (run) => 24.3 * (1 + size * (((0.618 * (run + seed)) % 1) - 0.5)) * (1 + size * (next() - 0.5)),
    spoil: (g) => {
      const lateMs = Math.round(g.promptTokens! * 1.7 * size * next() * 10) / 10;
      const { worker, page } = g;
      const later = {
        ...worker,
        tokensMs: worker.tokensMs.map((ms) => ms + lateMs),
        endMs: worker.endMs + lateMs,
      };
      return {
        ...g,
        worker: later,
        page: page && {
          ...page,
          firstTextMs: page.firstTextMs && page.firstTextMs + lateMs,
          lastTextMs: page.lastTextMs && page.lastTextMs + lateMs + Math.round(16 * next()),
          endMs: page.endMs + lateMs,
        },
        usage: usageOf(g, 41 + next()),
        thought: g.thought && { ...g.thought, answerMs: g.thought.answerMs && g.thought.answerMs + lateMs },
      };
    },
  };
}

/** As web-llm tells it: without the tokens that open a conversation, its TTFT a little shorter than ours. */
function usageOf(g: Generation, decodeTps: number): Record<string, unknown> {
  const ttftS = (g.worker.tokensMs[0]! - g.worker.sentMs - 0.4) / 1000;
  return {
    prompt_tokens: g.promptTokens! - 1,
    completion_tokens: g.completionTokens,
    extra: {
      time_to_first_token_s: ttftS,
      prefill_tokens_per_s: g.promptTokens! / ttftS,
      decode_tokens_per_s: decodeTps,
    },
  };
}

/** The result of a plan on such a machine, as an ordinary GPU of today would give it. */
export function measured(plan: Plan, size = 0.02, seed = 1): Promise<Result> {
  return sampleResult(noisy(seed, size), plan, {
    downloadMs: 123_456,
    circumstances: () => ({ onBattery: true, downloading: false }),
    place: { ...PLACE, bandwidth: BANDWIDTH, app: { version: '0.1.0', commit: '82cfe80a1b' } },
    model: {
      ...OPTIONS.model,
      variant: 'Qwen3.5-2B-q4f16_1-MLC',
      quantization: 'q4f16_1',
      sizeBytes: 1_123_456_789,
    },
  });
}
