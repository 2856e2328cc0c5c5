import type { ComponentChildren } from 'preact';
import css from './Failure.module.css';

interface Props {
  code: string;
  message: string;
  hint: string;
  detail?: string | null;
  /** What helps to act on it, between the words and the buttons. */
  means?: ComponentChildren;
  /** Buttons for what can be done about it. */
  children?: ComponentChildren;
  /** Read it out when it appears. */
  announce?: boolean;
}

/** What went wrong, in a sentence, and what to do next. What the machine said is one click away. */
export function Failure({ code, message, hint, detail, means, children, announce = true }: Props) {
  return (
    <div class={css.failure} role={announce ? 'alert' : undefined}>
      <p class={css.message}>{message}</p>
      {hint && <p>{hint}</p>}
      {means}
      {children && <div class={css.actions}>{children}</div>}
      <details class={css.detail}>
        <summary>For a bug report</summary>
        <code>
          {code}
          {detail ? `: ${detail}` : ''}
        </code>
      </details>
    </div>
  );
}
