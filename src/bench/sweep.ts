import { contextNeeded, parseCase, STANDARD, type Case, type Plan } from './plan.ts';

/** Context depths at which decoding is looked at: doubling, and one in between where models commonly end. */
const DEPTHS = [0, 512, 1024, 2048, 3072, 4096, 8192, 16_384, 32_768, 65_536];

/**
 * A plan that decodes at growing context depths, as far as the model's context window reaches: what a long conversation costs.
 * @param tokens decode steps per run
 */
export function sweepPlan(contextTokens: number, tokens = 64): Plan {
  const cases = DEPTHS.map((depth) =>
    parseCase(depth === 0 ? `tg${tokens}` : `tg${tokens}@d${depth}`),
  ).filter((c): c is Case => c !== null && contextNeeded(c) <= contextTokens);
  return { ...STANDARD, preset: 'custom', cases };
}
