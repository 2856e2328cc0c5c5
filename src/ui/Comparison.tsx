import {
  isShared,
  linkOfComparison,
  rowsOf,
  signOf,
  type CaseRows,
  type Compared,
} from '../state/history-compare.ts';
import { headlineText, nameOf } from '../state/report.ts';
import css from './Comparison.module.css';
import { Button } from './parts/Button.tsx';
import { Figure } from './parts/Figure.tsx';
import { copyText } from './sending.ts';
import { moment } from './words.ts';

/** Results side by side; the first is what the others are compared with. */
export function Comparison({ compared: { entries, comparison } }: { compared: Compared }) {
  return (
    <article class={css.comparison} aria-labelledby="comparison-title">
      <h2 id="comparison-title">{entries.length} results compared</h2>
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
      <div class={css.cases}>
        {comparison.cases.map(rowsOf).map((one) => (
          <Case key={one.name} compared={one} />
        ))}
      </div>
      {comparison.differences.length > 0 && (
        <section class={css.differences} aria-labelledby="differences-title">
          <h3 id="differences-title">What was not the same</h3>
          <dl>
            {comparison.differences.map(({ term, values }) => (
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
      )}
    </article>
  );
}

function Case({ compared: { name, rows } }: { compared: CaseRows }) {
  return (
    <table class={css.case}>
      <caption>{name}, tokens per second</caption>
      <tbody>
        {rows.map(({ sign, value, interval, ratio, share }) => (
          <tr key={sign}>
            <th scope="row">{sign}</th>
            <td>
              {value ? <span class={css.bar} style={{ transform: `scaleX(${share})` }} /> : 'not measured'}
              <span class={css.ratio}>{ratio}</span>
            </td>
            <td class={css.value}>
              {value && <Figure value={value} />}
              <span class={css.ratio}>{interval}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
