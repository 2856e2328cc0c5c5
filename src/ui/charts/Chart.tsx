import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { Line, Plot } from '../../bench/plot.ts';
import css from './Chart.module.css';
import type { Drawn } from './draw.ts';
import { factsOf, readout, type Facts } from './facts.ts';

interface Props {
  title: string;
  /** What is to be seen, in a sentence or two: for many readers it is all they need, for some all they have. */
  text: string;
  /** Must stay the same object as long as it shows the same. */
  plot: Plot;
}

const BAR_PX = 46;
const AXIS_PX = 34;

/**
 * A chart, what it says in words, and the same figures as a table. It is drawn when it comes near the window. The drawing
 * itself is for eyes only: who does not see it, or has no mouse, walks through its places with the slider below.
 */
export function Chart({ title, text, plot }: Props) {
  const id = useId();
  const facts = useMemo(() => factsOf(plot), [plot]);
  const { host, at, point, failed } = useDrawing(plot);
  return (
    <figure class={css.chart} aria-labelledby={id}>
      <figcaption>
        <p class={css.title} id={id}>
          {title}
        </p>
        <p>{text}</p>
      </figcaption>
      {!failed && (
        <>
          <div aria-hidden="true">
            <p class={css.unit}>{vertical(plot)}</p>
            <div class={css.plot} style={heightOf(plot)} ref={host} />
            <p class={css.below}>
              <span>{at === null ? '' : readout(facts, at)}</span>
              <span>{horizontal(plot)}</span>
            </p>
            {plot.kind === 'lines' && plot.lines.length > 1 && <Legend lines={plot.lines} />}
          </div>
          {plot.kind !== 'bars' && <Places title={title} facts={facts} at={at} onPoint={point} />}
        </>
      )}
      <Table title={title} facts={facts} open={failed} />
    </figure>
  );
}

/** Bars have a row each; other charts one height for all. */
function heightOf(plot: Plot): { height?: string } {
  return plot.kind === 'bars' ? { height: `${BAR_PX * plot.bars.length + AXIS_PX}px` } : {};
}

interface PlacesProps {
  title: string;
  facts: Facts;
  at: number | null;
  onPoint: (index: number) => void;
}

/** Every value of the chart, one after the other. */
function Places({ title, facts, at, onPoint }: PlacesProps) {
  if (facts.rows.length < 2) return null;
  return (
    <input
      class={css.places}
      type="range"
      min={0}
      max={facts.rows.length - 1}
      value={at ?? 0}
      aria-label={`${title}: look at a value`}
      aria-valuetext={readout(facts, at ?? 0)}
      onInput={(event) => onPoint(event.currentTarget.valueAsNumber)}
    />
  );
}

function vertical(plot: Plot): string {
  if (plot.kind === 'timeline') return 'Time since the token before (ms)';
  if (plot.kind === 'histogram') return 'How often';
  return plot.kind === 'bars' ? '' : `${plot.y.label} (${plot.y.unit})`;
}

function horizontal(plot: Plot): string {
  if (plot.kind === 'timeline') return 'Token';
  const { label, unit } = plot.kind === 'bars' ? plot.y : plot.x;
  return unit ? `${label} (${unit})` : label;
}

/** Draws into `host` as soon as it is near the window; the code for that is fetched then. */
function useDrawing(plot: Plot) {
  const host = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let wanted = true;
    const begin = async () => {
      const { draw } = await import('./draw.ts');
      if (wanted) drawn.current = draw(element, plot, setAt);
    };
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        begin().catch(() => setFailed(true));
      },
      { rootMargin: '200px' },
    );
    near.observe(element);
    return () => {
      wanted = false;
      near.disconnect();
      drawn.current?.remove();
      drawn.current = null;
      setAt(null);
    };
  }, [plot]);
  const point = (index: number) => {
    setAt(index);
    drawn.current?.point(index);
  };
  return { host, at, point, failed };
}

function Legend({ lines }: { lines: Line[] }) {
  return (
    <ul class={css.legend}>
      {lines.map(({ name }) => (
        <li key={name}>
          <svg viewBox="0 0 28 8" width="28" height="8">
            <line x1="0" y1="4" x2="28" y2="4" />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

/** Its rows are only made when it is opened: a long run has a thousand of them. */
function Table({ title, facts, open }: { title: string; facts: Facts; open: boolean }) {
  const [isOpen, setOpen] = useState(open);
  return (
    <details class={css.table} open={open || isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {(open || isOpen) && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <section class={css.scroll} tabIndex={0} aria-label={`${title}, as a table`}>
          <table>
            <thead>
              <tr>
                {facts.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {facts.rows.map(([first, ...others]) => (
                <tr key={first}>
                  <th scope="row">{first}</th>
                  {others.map((cell, at) => (
                    <td key={at}>{cell || '–'}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}
