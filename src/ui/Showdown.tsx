import { useEffect } from 'preact/hooks';
import { expectAsBefore } from '../state/expected.ts';
import { restoreHistory } from '../state/history.ts';
import { restoreReadings } from '../state/roofline.ts';
import { ownResults, published, type OwnResult, type Published } from '../state/showdown.ts';
import { Fits } from './Fits.tsx';
import buttonCss from './parts/Button.module.css';
import { Figure } from './parts/Figure.tsx';
import { Top } from './parts/Top.tsx';
import css from './Showdown.module.css';
import { ShowdownChart } from './ShowdownChart.tsx';

/** The visitor's own results beside published figures, and what fits which machine. */
export function Showdown() {
  useEffect(() => {
    void restoreHistory();
    void restoreReadings();
    void expectAsBefore();
  }, []);
  return (
    <div class={css.page}>
      <Top title="Showdown">
        What was published of open-weight models on fast machines, beside what was measured here. Nobody
        measures alike, so each figure says how far it can be compared.
      </Top>
      <section class={css.section} aria-labelledby="speeds-title">
        <h2 id="speeds-title">Speeds</h2>
        <ShowdownChart />
      </section>
      <Own results={ownResults.value} />
      <section class={css.section} aria-labelledby="published-title">
        <h2 id="published-title">Published figures</h2>
        <table class={css.table}>
          <caption>Decode, in tokens per second, as their sources tell</caption>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col">Measured with</th>
              <th scope="col">How far comparable</th>
              <th scope="col" class={css.value}>
                tok/s
              </th>
            </tr>
          </thead>
          <tbody>
            {published.map((one) => (
              <PublishedRow key={one.key} figure={one} />
            ))}
          </tbody>
        </table>
        <Sources />
      </section>
      <Fits />
    </div>
  );
}

function Own({ results }: { results: OwnResult[] }) {
  return (
    <section class={css.section} aria-labelledby="own-title">
      <h2 id="own-title">Measured on this device</h2>
      {results.length === 0 ? (
        <div class={css.invitation}>
          <p>Nothing has been measured here yet. A first measurement takes a minute or two.</p>
          <a class={`${buttonCss.button} ${buttonCss.primary}`} href="#/measure">
            Measure a model
          </a>
        </div>
      ) : (
        <ul class={css.own}>
          {results.map((one) => (
            <OwnRow key={one.key} result={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OwnRow({ result: { what, where, value, basis, address, software } }: { result: OwnResult }) {
  return (
    <li>
      <a href={address}>
        {what} <span>on {where}</span>
      </a>
      <p class={css.value}>
        <Figure value={value} unit="tok/s" />
      </p>
      <p class={css.basis}>
        {basis}.
        {software && (
          <strong> Graphics run in software on the CPU here, so this says nothing about a GPU.</strong>
        )}
      </p>
    </li>
  );
}

const GRADES: Record<NonNullable<Published['grade']>, string> = {
  roughly: 'Roughly comparable',
  hardly: 'Hardly comparable',
  not: 'Not comparable',
};

function PublishedRow({ figure }: { figure: Published }) {
  const { model, where, value, conditions, grade, reasons, notes } = figure;
  return (
    <tr>
      <th scope="row">
        {where}
        <span>{model}</span>
      </th>
      <td data-term="Measured with">
        {conditions}
        {notes.map((note) => (
          <span key={note}>{note}</span>
        ))}
      </td>
      <td data-term="How far comparable">
        {grade && <strong>{GRADES[grade]}</strong>}
        {reasons.map((reason) => (
          <span key={reason}>{reason}</span>
        ))}
      </td>
      <td class={css.value}>
        <Figure value={value} />
      </td>
    </tr>
  );
}

function Sources() {
  const sources = [...new Set(published.map(({ source }) => source))];
  return (
    <ul class={css.sources} aria-label="Sources">
      {sources.map(({ title, publisher, date, url }) => (
        <li key={title}>
          Source: {url ? <a href={url}>“{title}”</a> : `“${title}”`}
          {publisher && `, ${publisher}`}, {month(date)}.
        </li>
      ))}
    </ul>
  );
}

/** 2026-03 as March 2026. */
function month(date: string): string {
  return new Date(`${date}-01T00:00:00Z`).toLocaleDateString('en', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
