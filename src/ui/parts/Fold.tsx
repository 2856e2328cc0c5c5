import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import css from './Fold.module.css';
import { Later } from './Later.tsx';

interface Props<P> {
  title: string;
  /** Fetches what is in it; must be the same function every time. */
  load: () => Promise<ComponentType<P>>;
  give: P;
}

/** Something that is a click away, and fetched and made no sooner. */
export function Fold<P extends object>({ title, load, give }: Props<P>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class={css.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && <Later load={load} give={give} />}
    </details>
  );
}
