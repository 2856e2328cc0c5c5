import css from './Progress.module.css';

interface Props {
  label: string;
  /** 0..1; null while it is not known. */
  fraction: number | null;
}

/** A thin bar that fills once. */
export function Progress({ label, fraction }: Props) {
  const percent = fraction === null ? undefined : percentOf(fraction);
  return <progress class={css.bar} aria-label={label} max={100} value={percent} />;
}

/** Whole percent; never 100 before the work is over. */
export function percentOf(fraction: number): number {
  return Math.floor(Math.min(0.99, fraction) * 100);
}

/** How much of a transfer is done; null while its total is not known. */
export function fractionOf(
  transfer: { doneBytes: number; totalBytes: number | null } | null | undefined,
): number | null {
  return transfer?.totalBytes ? transfer.doneBytes / transfer.totalBytes : null;
}
