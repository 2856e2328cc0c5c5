// Small statistics for few runs.

/**
 * @param {number[]} values at least one
 * @returns {number}
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @typedef {{ n: number, median: number, least: number, most: number, samples: number[] }} Series
 * @param {number[]} samples
 * @returns {Series} with the samples themselves, which nothing replaces
 */
export function describe(samples) {
  return {
    n: samples.length,
    median: median(samples),
    least: Math.min(...samples),
    most: Math.max(...samples),
    samples,
  };
}

/**
 * Median, least and most of the ratios of neighbours: run i of both was made one after the other, so what slows the
 * machine down slows both.
 * @param {number[]} ours
 * @param {number[]} theirs as many
 */
export function compare(ours, theirs) {
  const ratios = ours.map((value, i) => value / theirs[i]);
  return { ratio: median(ratios), leastRatio: Math.min(...ratios), mostRatio: Math.max(...ratios) };
}
