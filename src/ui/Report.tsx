import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { SOFTWARE } from '../bench/format.ts';
import type { CaseResult, Result } from '../bench/result.ts';
import { view, type CaseView, type ReportView, type RunView } from '../state/report.ts';
import { FeelIt } from './FeelIt.tsx';
import { useFetched } from './parts/fetched.ts';
import { Figure } from './parts/Figure.tsx';
import { Fold } from './parts/Fold.tsx';
import { Later } from './parts/Later.tsx';
import css from './Report.module.css';
import { ReportActions } from './ReportActions.tsx';
import termCss from './ReportTerm.module.css';
import { moment } from './words.ts';

interface Props {
  result: Result;
  /** Somebody else sent it. */
  elsewhere?: boolean;
  /** Between the headline and the figures. */
  note?: ComponentChildren;
  /** What can be done with it, before and after what can be done with every result. */
  first?: ComponentChildren;
  last?: ComponentChildren;
}

/** Fetched when they are asked for: a report from a link is there sooner without them. */
const loadFindings = () => import('./Findings.tsx').then(({ Findings }) => Findings);
const loadDepths = () => import('./ReportCharts.tsx').then(({ DepthCharts }) => DepthCharts);
const loadGaps = () => import('./ReportCharts.tsx').then(({ CaseCharts }) => CaseCharts);

const loadRoofline = () => import('./ReportRoofline.tsx').then(({ Roofline }) => Roofline);
const loadFigures = () => import('./ReportFigures.tsx').then(({ CaseFigures }) => CaseFigures);
const loadLoad = () => import('./ReportFigures.tsx').then(({ LoadTimes }) => LoadTimes);
const loadDefinition = () => import('./ReportTerm.tsx').then(({ Definition }) => Definition);
const loadNative = () => import('./ReportFigures.tsx').then(({ NativeCommands }) => NativeCommands);

/** One result: fresh, from the history or from a link. */
export function Report({ result, elsewhere = false, note, first, last }: Props) {
  const report = useMemo(() => view(result, elsewhere), [result, elsewhere]);
  return (
    <article class={css.report} aria-labelledby="report-title">
      <div class={css.lead}>
        <div class={css.gist}>
          <Headline report={report} elsewhere={elsewhere} />
          {report.verdict && <p class={css.verdict}>{report.verdict}</p>}
          {note}
          <ReportActions result={result} elsewhere={elsewhere} first={first} last={last} />
        </div>
        <Later load={loadFindings} give={{ result }} />
      </div>
      {report.headline?.what === 'decode' && <FeelIt result={result} />}
      <div class={css.cases}>
        {report.cases.map((one, at) => (
          <CaseReport key={one.name} report={one} more={<More result={result.cases[at]!} />} />
        ))}
      </div>
      {hasDepths(result) && <Later load={loadDepths} give={{ result }} />}
      {report.roofline && <Later load={loadRoofline} give={{ roofline: report.roofline }} />}
      <Conditions report={report} />
      <div>
        <Fold title="How long loading took" load={loadLoad} give={{ result }} />
        <Fold title="Measure the same without a browser" load={loadNative} give={{ result }} />
      </div>
    </article>
  );
}

interface HeadlineProps {
  report: ReportView;
  elsewhere: boolean;
}

function Headline({ report, elsewhere }: HeadlineProps) {
  const { modelName, headline, besides, thinking, refused, software } = report;
  if (!headline) {
    return (
      <div class={css.headline}>
        <h2 id="report-title" tabIndex={-1}>
          {refused ? `No speed for ${modelName}` : `Nothing was measured for ${modelName}`}
        </h2>
        {refused && <p class={css.wrong}>{refused}</p>}
      </div>
    );
  }
  return (
    <div class={css.headline}>
      <h2 id="report-title" tabIndex={-1}>
        {modelName} {verb(headline.what, elsewhere)} at <Figure value={headline.value} unit="tok/s" />
        {software && (
          <span class={css.software}>
            <span class="unseen">: </span>
            {SOFTWARE}
          </span>
        )}
      </h2>
      <p>
        {headline.what === 'prefill' ? 'Prefill' : 'Decode'}, {headline.basis} tok/s.
      </p>
      {besides.length > 0 && (
        <dl class={css.besides}>
          {besides.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {thinking && <Thinking text={thinking} />}
    </div>
  );
}

/** What thinking cost, and a click away what that means. */
function Thinking({ text }: { text: string }) {
  const definition = useFetched(loadDefinition);
  return (
    <>
      <p>
        {text}{' '}
        <button type="button" class={termCss.term} aria-haspopup="dialog" onClick={definition.ask}>
          What is timed
        </button>
      </p>
      {definition.Part && <definition.Part term="thinking" onClose={definition.drop} />}
    </>
  );
}

/** Reading is much faster than writing, so the two must not be taken for each other. */
function verb(what: string, elsewhere: boolean): string {
  if (what === 'prefill') return elsewhere ? 'read its prompt' : 'reads its prompt here';
  return elsewhere ? 'ran' : 'runs here';
}

function CaseReport({
  report: { name, meaning, main, basis, each, runs, stopped },
  more,
}: {
  report: CaseView;
  more: ComponentChildren;
}) {
  return (
    <section class={css.case} aria-label={name}>
      <h3>
        {name} <span>{meaning}</span>
      </h3>
      {main && (
        <p class={css.median}>
          <Figure {...main} />
        </p>
      )}
      {basis && <p class={css.small}>{basis}</p>}
      {stopped && <p class={css.small}>{stopped.message}</p>}
      {runs.length > 0 && <Runs name={name} each={each} runs={runs} />}
      {main && more}
    </section>
  );
}

function hasDepths({ cases }: Result): boolean {
  return cases.some((c) => c.case.depth > 0 && c.runs.length > 0);
}

function More({ result }: { result: CaseResult }) {
  return (
    <div>
      <Fold title="All figures, clock by clock" load={loadFigures} give={{ result }} />
      {result.case.kind !== 'pp' && <Fold title="Token by token" load={loadGaps} give={{ result }} />}
    </div>
  );
}

function Runs({ name, each, runs }: { name: string; each: string; runs: RunView[] }) {
  return (
    <table class={css.runs}>
      <caption>
        Each run of {name}, {each}
      </caption>
      <tbody>
        {runs.map(({ label, value, share, reason }, at) => (
          <tr key={at} data-warmup={label === 'Warm-up'}>
            <th scope="row">{label}</th>
            <td>{reason ?? <span class={css.bar} style={{ transform: `scaleX(${share})` }} />}</td>
            <td class={css.value}>
              <Figure value={value ?? 'not counted'} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Conditions({ report: { conditions } }: { report: ReportView }) {
  return (
    <section class={css.conditions} aria-labelledby="conditions-title">
      <h3 id="conditions-title">Conditions</h3>
      <dl>
        {conditions.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{term === 'When' ? moment(value) : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
