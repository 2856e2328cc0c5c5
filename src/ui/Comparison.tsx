import { useEffect, useRef } from 'preact/hooks';
import type { CaseView } from '../state/history-compare-view.ts';
import { signOf } from '../state/history-compare-view.ts';
import { isShared, linkOfComparison, type Compared } from '../state/history-compare.ts';
import { headlineText, nameOf } from '../state/report.ts';
import { Chart } from './charts/Chart.tsx';
import css from './Comparison.module.css';
import { Button } from './parts/Button.tsx';
import { copyText } from './sending.ts';
import { moment } from './words.ts';

/** Results side by side; the first is what the others are compared with. */
export function Comparison({ compared: { entries, comparison, cases } }: { compared: Compared }) {
  const title = useArrival(entries.map(({ id }) => id).join());
  return (
    <article class={css.comparison} aria-labelledby="comparison-title">
      <h2 id="comparison-title" ref={title} tabIndex={-1}>
        {entries.length} results compared
      </h2>
      <ol class={css.entries}>
        {entries.map(({ id, result }, at) => (
          <li key={id}>
            <strong>{signOf(at)}</strong> {nameOf(result)}, {moment(result.startedUtc)}
            <span>
              {headlineText(result)}
              {isShared(id) && '; from a link, self-reported'}
            </span>
          </li>
        ))}
      </ol>
      <p class={css.conclusion}>{comparison.conclusion}</p>
      <div>
        <Button
          onClick={() =>
            void copyText(linkOfComparison(entries), 'The link is copied. It holds all results.')
          }
        >
          Copy link
        </Button>
      </div>
      <Cases cases={cases} />
      <Differences compared={comparison.differences} />
    </article>
  );
}

/** Who asked for a comparison from below it, or asks for another one, is taken to it. */
function useArrival(what: string) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement?.closest('#main a, #main form')) title.current?.focus();
  }, [what]);
  return title;
}

function Cases({ cases }: { cases: CaseView[] }) {
  return (
    <section class={css.speeds} aria-labelledby="speeds-title">
      <h3 id="speeds-title">Case by case</h3>
      <div class={css.cases}>
        {cases.map(({ name, plot, ratios, thinking }) => (
          <div key={name} class={css.case}>
            <Chart title={name} text="Medians in tokens per second, with 95 % intervals." plot={plot} />
            <Sayings name={`Ratios of ${name}`} said={ratios} />
            {thinking.length > 0 && <Sayings name={`Thinking in ${name}`} said={thinking} />}
          </div>
        ))}
      </div>
    </section>
  );
}

/** What is said of each result. */
function Sayings({ name, said }: { name: string; said: CaseView['ratios'] }) {
  return (
    <ul class={css.ratios} aria-label={name}>
      {said.map(({ sign, text }) => (
        <li key={sign}>
          <strong>{sign}</strong> {text}
        </li>
      ))}
    </ul>
  );
}

function Differences({ compared }: { compared: Compared['comparison']['differences'] }) {
  if (compared.length === 0) return null;
  return (
    <section class={css.differences} aria-labelledby="differences-title">
      <h3 id="differences-title">What was not the same</h3>
      <dl>
        {compared.map(({ term, values }) => (
          <div key={term}>
            <dt>{term}</dt>
            {values.map((value, at) => (
              <dd key={signOf(at)}>
                {signOf(at)} {value || 'not told'}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}
