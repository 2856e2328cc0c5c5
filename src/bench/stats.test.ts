import { describe, expect, it } from 'vitest';
import { promptIds, random } from './random.ts';
import { drift, firstExcess, median, medianInterval, outliers, quantiles, spread } from './stats.ts';

/** Normal deviates by Box and Muller, seeded. */
function normals(count: number, seed: number): number[] {
  const next = random(seed);
  return Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  );
}

describe('median and quantiles', () => {
  it('interpolate between order statistics and leave their input alone', () => {
    const values = [3, 1, 2, 4];
    expect(median(values)).toBe(2.5);
    expect(quantiles(values, [0, 0.25, 1])).toEqual([1, 1.75, 4]);
    expect(values).toEqual([3, 1, 2, 4]);
  });
});

describe('the interval of the median', () => {
  it('does not exist for one value, and is the whole span for three', () => {
    expect(medianInterval([5])).toBeNull();
    expect(spread([5])).toBeNull();
    expect(medianInterval([9, 10, 12])).toEqual({ low: 9, high: 12 });
    expect(spread([9, 10, 12])).toBeCloseTo(0.2, 12);
  });

  it('is the same every time', () => {
    const values = [10, 11, 9, 10.5, 10.2, 9.9, 10.1];
    expect(medianInterval(values)).toEqual(medianInterval([...values]));
  });

  it('of equal values has no width', () => expect(spread([7, 7, 7, 7])).toBe(0));

  it.each([
    [5, 0.9],
    [7, 0.94],
    [8, 0.94],
    [10, 0.94],
    [20, 0.94],
  ])('of %i normal runs holds the true median in at least %f of cases', (count, least) => {
    const held = Array.from({ length: 400 }, (_, trial) => {
      const interval = medianInterval(normals(count, trial + 1).map((value) => 100 + value))!;
      return interval.low <= 100 && interval.high >= 100;
    }).filter(Boolean).length;
    expect(held / 400).toBeGreaterThanOrEqual(least);
  });
});

describe('outliers', () => {
  it('are found by their modified z-score', () => {
    expect(outliers([10, 10.1, 9.9, 10.05, 14])).toEqual([4]);
    expect(outliers([10, 10.1, 9.9, 10.05, 10.2])).toEqual([]);
  });

  it('are found when all other values are equal, and not among equal or few values', () => {
    expect(outliers([10, 10, 10, 10, 10, 10, 14])).toEqual([6]);
    expect(outliers([10, 10, 10, 10])).toEqual([]);
    expect(outliers([1, 2, 100])).toEqual([]);
  });
});

describe('drift', () => {
  it('is the change along the line, with its t-value', () => {
    const falling = drift([100, 98.1, 95.9, 94, 92.1])!;
    expect(falling.change).toBeCloseTo(-0.0829, 3);
    expect(falling.t).toBeLessThan(-20);
  });

  it('of a perfect line is certain, of equal values none, and of three values unknown', () => {
    expect(drift([10, 9, 8, 7])!.t).toBe(-Infinity);
    expect(drift([5, 5, 5, 5])).toEqual({ change: 0, t: 0 });
    expect(drift([3, 2, 1])).toBeNull();
  });

  it('has the slope over its standard error as t: 1.1 / 0.3, reckoned by hand', () => {
    expect(drift([3, 5, 4, 6, 8])!.t).toBeCloseTo(1.1 / 0.3, 9);
  });
});

describe('the first run', () => {
  it('exceeds the median of the others', () => {
    expect(firstExcess([30, 20, 19, 21])).toBeCloseTo(0.5, 12);
    expect(firstExcess([30, 20])).toBeNull();
  });

  it('does not stand out from values that lie as far apart', () => {
    expect(firstExcess([32, 25.7, 19.3])).toBe(0);
    expect(firstExcess([19, 20, 21])).toBe(0);
  });
});

describe('seeded random numbers', () => {
  it('repeat with their seed, lie in [0, 1) and are spread evenly', () => {
    const next = random(1);
    const values = Array.from({ length: 10_000 }, next);
    const again = random(1);
    expect(values.slice(0, 5)).toEqual(Array.from({ length: 5 }, again));
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeCloseTo(0.5, 1);
    expect(random(2)()).not.toBe(values[0]);
  });

  it('give prompts of exact length from the second quarter of the vocabulary', () => {
    const ids = promptIds(512, 2048, 3);
    expect(ids).toHaveLength(512);
    expect(ids.every((id) => Number.isInteger(id) && id >= 512 && id < 1024)).toBe(true);
    expect(promptIds(512, 2048, 3)).toEqual(ids);
    expect(promptIds(512, 2048, 4)).not.toEqual(ids);
    expect(promptIds(3, 1, 1)).toEqual([0, 0, 0]);
  });
});
