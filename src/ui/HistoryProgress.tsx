import { useState } from 'preact/hooks';
import { progressCharts } from '../state/history-progress.ts';
import { Chart } from './charts/Chart.tsx';
import css from './History.module.css';

/** This machine over time, one case at a time: the first that generates unless another one is chosen. */
export function HistoryProgress() {
  const [wanted, setWanted] = useState<string | null>(null);
  const charts = progressCharts.value;
  const shown =
    charts.find(({ name }) => name === wanted) ??
    charts.find(({ name }) => name.startsWith('tg')) ??
    charts[0];
  if (!shown) return null;
  return (
    <div class={css.progress}>
      {charts.length > 1 && (
        <label class={css.choice}>
          Over time:{' '}
          <select value={shown.name} onChange={(event) => setWanted(event.currentTarget.value)}>
            {charts.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <Chart title={shown.title} text={shown.text} plot={shown.plot} />
    </div>
  );
}
