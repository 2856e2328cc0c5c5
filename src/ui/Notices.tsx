import { signal } from '@preact/signals';
import { act, dismiss, notices } from '../state/notices.ts';
import css from './Notices.module.css';

/** A modal dialog makes the rest of the page inert, so while one is open the notices are inside it. */
export const dialogOpen = signal(false);

/** Quiet lines at the bottom edge. They are read out politely, and stay long enough to be acted on. */
export function Notices({ inDialog = false }: { inDialog?: boolean }) {
  const shown = inDialog === dialogOpen.value ? notices.value : [];
  return (
    <section class={css.notices} aria-label="Notices" aria-live="polite">
      {shown.map(({ id, text, action }) => (
        <div class={css.notice} key={id}>
          <p>{text}</p>
          {action && (
            <button type="button" onClick={() => act(id)}>
              {action.label}
            </button>
          )}
          <button type="button" class={css.close} aria-label="Dismiss" onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </section>
  );
}
