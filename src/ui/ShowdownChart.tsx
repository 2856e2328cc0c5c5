import { ownResults, published, scale, type Spot } from '../state/showdown.ts';
import { Figure } from './parts/Figure.tsx';
import css from './ShowdownChart.module.css';

/** All speeds on one logarithmic axis, the fastest first: a dot each, and a line where there is a range. */
export function ShowdownChart() {
  const spots: Spot[] = [...ownResults.value, ...published];
  const sorted = spots.sort((a, b) => b.midTps - a.midTps);
  return (
    <figure class={css.chart}>
      <ul class={css.rows}>
        {sorted.map((spot) => (
          <Row key={spot.key} spot={spot} />
        ))}
      </ul>
      <Axis />
      <figcaption>
        <span class={css.key} data-own="true">
          <i class={css.dot} /> measured here
        </span>
        <span class={css.key} data-grade="roughly">
          <i class={css.dot} /> published, roughly comparable
        </span>
        <span class={css.key} data-grade="hardly">
          <i class={css.dot} /> hardly
        </span>
        <span class={css.key} data-grade="not">
          <i class={css.dot} /> not
        </span>
      </figcaption>
    </figure>
  );
}

function Row({ spot: { own, what, where, value, lowTps, midTps, highTps, grade } }: { spot: Spot }) {
  const { place, ticks } = scale.value;
  const [low, middle, high] = [lowTps, midTps, highTps].map((tps) => `${100 * place(tps)}%`);
  return (
    <li class={css.row} data-own={own} data-grade={grade ?? undefined}>
      <span class={css.label}>
        {where} <span>{what}</span>
      </span>
      <span class={css.track} aria-hidden="true">
        {ticks.map(({ at, label }) => (
          <i key={label} class={css.grid} style={{ left: `${100 * at}%` }} />
        ))}
        <i class={css.range} style={{ left: low, right: `calc(100% - ${high})` }} />
        <i class={css.dot} style={{ left: middle }} />
      </span>
      <span class={css.value}>
        <Figure value={value} />
      </span>
    </li>
  );
}

function Axis() {
  return (
    <div class={css.axis} aria-hidden="true">
      <span class={css.ticks}>
        {scale.value.ticks.map(({ at, label }) => (
          <span key={label} style={{ left: `${100 * at}%` }}>
            {label}
          </span>
        ))}
      </span>
      <span class={css.unit}>tok/s</span>
    </div>
  );
}
