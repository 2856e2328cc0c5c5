import type { Figure } from './summary.ts';

/**
 * Numbers as people read them. The digits shown follow the interval: a digit that the interval does not settle is noise
 * (Speedometer 3 does the same). Without an interval there are three significant digits.
 */

/** A median with as many decimals as its interval supports, at most two. */
export function formatFigure(figure: Figure): string {
  return figure.median.toFixed(decimals(figure));
}

/** `40.9–41.6`, or null without an interval. */
export function formatInterval(figure: Figure): string | null {
  if (!figure.interval) return null;
  const digits = decimals(figure);
  return `${figure.interval.low.toFixed(digits)}–${figure.interval.high.toFixed(digits)}`;
}

function decimals({ median, interval }: Figure): number {
  const half = interval ? Math.max(interval.high - median, median - interval.low) : 0;
  const supported = half > 0 ? -Math.floor(Math.log10(half)) : significant(median);
  return Math.min(2, Math.max(0, supported));
}

/** Decimals that leave three significant digits. */
function significant(value: number): number {
  return value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
}

/** Three significant digits, without an exponent. */
export function formatNumber(value: number): string {
  return value.toFixed(Math.min(6, significant(value)));
}

/** Milliseconds, or seconds from 10 s on. */
export function formatMs(ms: number): string {
  return ms >= 10_000 ? `${formatNumber(ms / 1000)} s` : `${formatNumber(ms)} ms`;
}

/** `0.034` as `3.4 %`. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`;
}

/** Bytes in decimal units, as download sizes are given. */
export function formatBytes(bytes: number): string {
  const [unit, name] = bytes >= 1e9 ? [1e9, 'GB'] : bytes >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  return `${formatNumber(bytes / unit)} ${name}`;
}
