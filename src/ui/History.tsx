import type { Change } from '../bench/compare.ts';
import { changes, changeText, comparisonAddress, pick, picked } from '../state/history-compare.ts';
import { history, type Entry } from '../state/history.ts';
import { headlineText, nameOf } from '../state/report.ts';
import { addressOf, route } from '../state/route.ts';
import css from './History.module.css';
import buttonCss from './parts/Button.module.css';
import { Later } from './parts/Later.tsx';
import { moment } from './words.ts';

const loadProgress = () => import('./HistoryProgress.tsx').then(({ HistoryProgress }) => HistoryProgress);

/** Every result that is kept on this device, the newest first. */
export function History() {
  const entries = history.value;
  if (entries.length === 0) return <p class={css.none}>Nothing has been measured on this device yet.</p>;
  return (
    <section class={css.history} aria-labelledby="history-title">
      <div class={css.top}>
        <h2 id="history-title">On this device</h2>
        {entries.length > 1 && <Compare />}
      </div>
      {entries.length > 1 && <Later load={loadProgress} give={{}} />}
      <ul class={css.list}>
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} shown={entry.id === shownId()} several={entries.length > 1} />
        ))}
      </ul>
    </section>
  );
}

/** The result that is looked at; null while results are compared. */
function shownId(): string | null {
  if (route.value.page !== 'measure' || route.value.compare) return null;
  const wanted = route.value.result;
  const known = history.value.some(({ id }) => id === wanted);
  return known ? wanted : (history.value[0]?.id ?? null);
}

function Compare() {
  const address = comparisonAddress.value;
  if (!address) return <p class={css.hint}>Tick two or more to compare them.</p>;
  return (
    <a class={buttonCss.button} href={address}>
      Compare {picked.value.length} results
    </a>
  );
}

function Row({ entry: { id, result }, shown, several }: { entry: Entry; shown: boolean; several: boolean }) {
  const name = nameOf(result);
  const when = moment(result.startedUtc);
  const change = changes.value.get(id);
  return (
    <li class={css.row} data-shown={shown}>
      {several && (
        <label class={css.pick}>
          <input
            type="checkbox"
            aria-label={`Compare ${name}, ${when}`}
            checked={picked.value.includes(id)}
            onChange={(event) => pick(id, event.currentTarget.checked)}
          />
        </label>
      )}
      <a href={addressOf({ page: 'measure', result: id })} aria-current={shown ? 'true' : undefined}>
        <span>{name}</span>
        <span class={css.when}>{when}</span>
        <span class={css.speed}>{headlineText(result)}</span>
        {change && <Moved change={change} />}
      </a>
    </li>
  );
}

function Moved({ change }: { change: Change }) {
  return (
    <span class={css.change} data-slower={change.ratio.value < 1}>
      {changeText(change)}
    </span>
  );
}
