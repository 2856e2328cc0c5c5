/** Steps that are looked at; browsers add jitter, so that a single one may be off. */
const STEPS = 8;
/** Give up after so many readings: a clock that stands still must not hang the page. */
const MOST_READINGS = 200_000;

/**
 * The smallest step by which `now` was seen to advance, in milliseconds, or null if it never did. Browsers coarsen
 * their clock to between 0.005 and 1 ms, depending on cross-origin isolation and on privacy settings.
 * https://developer.mozilla.org/docs/Web/API/Performance_API/High_precision_timing
 */
export function measureTimerStep(now: () => number): number | null {
  let smallest: number | null = null;
  let last = now();
  for (let reading = 0, steps = 0; reading < MOST_READINGS && steps < STEPS; reading++) {
    const next = now();
    if (next <= last) continue;
    smallest = Math.min(smallest ?? Infinity, next - last);
    last = next;
    steps++;
  }
  return smallest;
}
