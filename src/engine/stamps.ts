/** Milliseconds since the Unix epoch, at the resolution of `performance.now()`; the same axis in every thread. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
