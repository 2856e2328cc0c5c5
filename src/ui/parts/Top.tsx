import type { ComponentChildren } from 'preact';
import css from './Top.module.css';

interface Props {
  title: string;
  /** A few lines on what the page shows. */
  children?: ComponentChildren;
}

/** A page's heading; the focus comes to it with the page. */
export function Top({ title, children }: Props) {
  return (
    <div class={css.top}>
      <h1 tabIndex={-1}>{title}</h1>
      {children && <p>{children}</p>}
    </div>
  );
}
