import { useMemo, useState } from 'preact/hooks';
import type { CaseResult, Result } from '../bench/result.ts';
import { caseCharts, depthCharts, type Drawable } from '../state/report-charts.ts';
import { Chart } from './charts/Chart.tsx';
import css from './Report.module.css';

/** Speed over context depth, where a result has several depths. */
export function DepthCharts({ result }: { result: Result }) {
  const charts = useMemo(() => depthCharts(result), [result]);
  return <Charts charts={charts} />;
}

/** What happened within the runs of a case. */
export function CaseCharts({ result }: { result: CaseResult }) {
  const { runs, histogram } = useMemo(() => caseCharts(result), [result]);
  const [at, setAt] = useState(0);
  const run = runs[at];
  return (
    <div class={css.charts}>
      {runs.length > 1 && (
        <label class={css.choice}>
          Run{' '}
          <select value={at} onChange={(event) => setAt(Number(event.currentTarget.value))}>
            {runs.map(({ label }, index) => (
              <option key={label} value={index}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {!run && <p class={css.small}>The single times were not kept with this result.</p>}
      <Charts charts={[run, histogram].filter((one) => one !== undefined && one !== null)} />
    </div>
  );
}

function Charts({ charts }: { charts: Drawable[] }) {
  return (
    <>
      {charts.map((one) => (
        <Chart key={one.title} {...one} />
      ))}
    </>
  );
}
