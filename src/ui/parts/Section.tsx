import type { ComponentChildren } from 'preact';
import css from './Section.module.css';

interface Props {
  /** Of its heading; must be the only one on the page. */
  id: string;
  title: string;
  /** What it is for, in a few lines. */
  words: string;
  children: ComponentChildren;
}

/** Something to fill in, and beside it, or on a phone above it, what it is for. */
export function Section({ id, title, words, children }: Props) {
  return (
    <section class={css.section} aria-labelledby={id}>
      <div class={css.words}>
        <h2 id={id}>{title}</h2>
        <p>{words}</p>
      </div>
      {children}
    </section>
  );
}
