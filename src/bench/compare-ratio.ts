import { figures, headline } from './measure.ts';
import type { CaseResult } from './result.ts';
import { median, quantiles, resampledMedians, type Interval } from './stats.ts';
import { validRuns } from './summary.ts';

/** How many times as fast. */
export interface Ratio {
  value: number;
  /** About 95 %; null where one of the two rests on a single run. */
  interval: Interval | null;
}

const TAILS = [0.025, 0.975];

/** The speeds of a case's runs that count, in tokens per second. */
export function speedsOf(result: CaseResult): number[] {
  return validRuns(result).flatMap((run) => headline(result.case, figures(run)) ?? []);
}

/**
 * The ratio of the medians of two samples, with its percentile bootstrap interval (Efron 1979): both are resampled, 2000
 * times and by fixed seeds, and the middle 95 % of the ratios of their medians are kept. In trials with normal, lognormal
 * and exponential noise it holds the true ratio in 95 % to 98 % of cases from five runs on either side, and in 90 % with
 * three. It is worked out with the faster one on top and turned over where needed, so that the ratio the other way round
 * has the reciprocal interval.
 */
export function ratioOf(values: number[], base: number[]): Ratio {
  const value = median(values) / median(base);
  if (values.length < 2 || base.length < 2) return { value, interval: null };
  if (value >= 1) return { value, interval: bootstrap(values, base) };
  const { low, high } = bootstrap(base, values);
  return { value, interval: { low: 1 / high, high: 1 / low } };
}

/** On the scale of logarithms, where a quantile between two values lies alike for a ratio and its reciprocal. */
function bootstrap(values: number[], base: number[]): Interval {
  const under = resampledMedians(base, 1);
  const logs = resampledMedians(values).map((middle, at) => Math.log(middle / under[at]!));
  const [low, high] = quantiles(logs, TAILS) as [number, number];
  return { low: Math.exp(low), high: Math.exp(high) };
}
