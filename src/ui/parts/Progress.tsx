import css from './Progress.module.css';

interface Props {
  label: string;
  /** How much of how much; null, or a total of null, while that is not known. */
  progress: { doneBytes: number; totalBytes: number | null } | null;
}

/** A thin bar that fills once; it never shows 100 % before the work is over. */
export function Progress({ label, progress }: Props) {
  const known = progress?.totalBytes ? progress.doneBytes / progress.totalBytes : null;
  const percent = known === null ? undefined : Math.floor(Math.min(0.99, known) * 100);
  return <progress class={css.bar} aria-label={label} max={100} value={percent} />;
}
