import { history } from '../state/history.ts';
import { headlineText, nameOf } from '../state/report.ts';
import { addressOf, route } from '../state/route.ts';
import css from './History.module.css';
import { moment } from './words.ts';

/** Every result that is kept on this device, the newest first. */
export function History() {
  const entries = history.value;
  if (entries.length === 0) return <p class={css.none}>Nothing has been measured on this device yet.</p>;
  const wanted = route.value.page === 'measure' ? route.value.result : null;
  const shown = entries.some(({ id }) => id === wanted) ? wanted : entries[0]?.id;
  return (
    <section class={css.history} aria-labelledby="history-title">
      <h2 id="history-title">On this device</h2>
      <ul class={css.list}>
        {entries.map(({ id, result }) => (
          <li key={id}>
            <a
              href={addressOf({ page: 'measure', result: id })}
              aria-current={id === shown ? 'true' : undefined}
            >
              <span>{nameOf(result)}</span>
              <span class={css.when}>{moment(result.startedUtc)}</span>
              <span>{headlineText(result)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
