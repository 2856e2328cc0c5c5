import { linearRegression, medianAbsoluteDeviation, quantile } from 'simple-statistics';
import { random } from './random.ts';

/**
 * Statistics of few, positive, right-skewed samples. What simple-statistics has is taken from there (quantiles by linear
 * interpolation, MAD, least squares; 1.5 kB gzip after tree-shaking); it has no bootstrap interval, no modified z-score and
 * no t-value of a slope, which are the few lines below.
 */

export interface Interval {
  low: number;
  high: number;
}

/** Median. Throws on an empty list. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** Quantiles (`shares` in 0..1) by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996). */
export function quantiles(values: number[], shares: number[]): number[] {
  return quantile(values, shares);
}

const RESAMPLES = 2000;
/** Calibrated: at 2.5 % the plain percentile bootstrap held the true median of seven runs in 88 % of trials only. */
const TAILS = [0.0075, 0.9925];

/**
 * 95 % interval of the median: percentile bootstrap (Efron 1979) over 2000 seeded resamples, with the tails calibrated for
 * few values (Loh 1987). In trials with normal, lognormal and exponential values it holds the true median in 94 % to 98 %
 * of cases from six values on. With up to five it is the span from least to most, which holds it in 1 - 2^(1-n) of cases:
 * 94 % for five values, but 75 % for three; so `findings.ts` calls fewer than five runs few. Null with fewer than two values.
 */
export function medianInterval(values: number[]): Interval | null {
  if (values.length < 2) return null;
  const [low, high] = quantiles(resampledMedians(values), TAILS) as [number, number];
  return { low, high };
}

/** The medians of 2000 resamples. Those of another `stream` are drawn independently, for a second sample. */
export function resampledMedians(values: number[], stream: 0 | 1 = 0): number[] {
  const sorted = Float64Array.from(values).sort();
  const middles = resample(values.length, stream);
  return Array.from(
    { length: RESAMPLES },
    (_, at) => (sorted[middles[2 * at]!]! + sorted[middles[2 * at + 1]!]!) / 2,
  );
}

const resamples = new Map<number, Uint16Array>();
/** More values than a case can have runs. */
const STREAM_SEEDS = 65_536;

/**
 * The ranks of the two middle values (the same one twice for odd `n`) in each resample of `n` sorted values. Ranks do not depend
 * on the values, so they are drawn once for each `n`, which makes an interval cheap enough for a page to compute often.
 */
function resample(n: number, stream: number): Uint16Array {
  const seed = n + stream * STREAM_SEEDS;
  const known = resamples.get(seed);
  if (known) return known;
  const next = random(seed);
  const middles = new Uint16Array(2 * RESAMPLES);
  for (let at = 0; at < RESAMPLES; at++) {
    const drawn = Uint16Array.from({ length: n }, () => Math.floor(next() * n)).sort();
    middles[2 * at] = drawn[(n - 1) >> 1]!;
    middles[2 * at + 1] = drawn[n >> 1]!;
  }
  resamples.set(seed, middles);
  return middles;
}

/** Half width of the interval, on its wider side, as a share of the median. Null where there is no interval. */
export function spread(values: number[]): number | null {
  const interval = medianInterval(values);
  if (!interval) return null;
  const middle = median(values);
  return Math.max(interval.high - middle, middle - interval.low) / middle;
}

/**
 * Indexes of outliers by modified z-score above 3.5: Iglewicz & Hoaglin, "How to Detect and Handle Outliers" (1993), with the
 * mean absolute deviation where more than half of the values are equal and the MAD is 0. They are counted, never dropped.
 */
export function outliers(values: number[]): number[] {
  if (values.length < 4) return [];
  const middle = median(values);
  const scale = 1.4826 * medianAbsoluteDeviation(values) || 1.2533 * meanDeviation(values, middle);
  if (scale === 0) return [];
  return values.flatMap((value, index) => (Math.abs(value - middle) / scale > 3.5 ? [index] : []));
}

function meanDeviation(values: number[], middle: number): number {
  return values.reduce((sum, value) => sum + Math.abs(value - middle), 0) / values.length;
}

export interface Drift {
  /** Change from the first to the last value along the fitted line, as a share of the median; negative is a decline. */
  change: number;
  /** The slope over its standard error (Student's t, n - 2 degrees of freedom); infinite if the line fits exactly. */
  t: number;
}

/** Trend over the order of the values, by least squares. Null with fewer than four values. */
export function drift(values: number[]): Drift | null {
  const n = values.length;
  if (n < 4) return null;
  const line = linearRegression(values.map((value, index) => [index, value]));
  const residuals = values.map((value, index) => value - (line.b + line.m * index));
  const squares = residuals.reduce((sum, residual) => sum + residual * residual, 0);
  const error = Math.sqrt(squares / (n - 2) / ((n * (n * n - 1)) / 12));
  return { change: (line.m * (n - 1)) / median(values), t: line.m === 0 ? 0 : line.m / error };
}

/**
 * How much the first value exceeds the median of the others, as a share of it; 0 unless it stands out from them, i.e. lies
 * further above the largest of them than they lie apart. Null with fewer than three values.
 */
export function firstExcess(values: number[]): number | null {
  const [first, ...others] = values;
  if (first === undefined || others.length < 2) return null;
  const largest = Math.max(...others);
  const standsOut = first - largest > largest - Math.min(...others);
  return standsOut ? first / median(others) - 1 : 0;
}
