import uPlot from 'uplot';
import type { Line, LinesPlot } from '../../bench/plot.ts';
import { placesOf } from './facts.ts';
import { cursorOf, dashOf, scaleOf, scaleUpTo, xAxis, yAxis, type Drawing } from './frame.ts';
import type { Theme } from './theme.ts';

/** Lines with their points and 95 % intervals, from 0 up. */
export function drawLines(plot: LinesPlot, theme: Theme): Drawing {
  const places = placesOf(plot);
  const points = plot.lines.flatMap((line) => line.points);
  return {
    data: [places, ...plot.lines.map((line) => valuesAt(line, places))],
    options: {
      series: [{}, ...plot.lines.map((_, at) => seriesOf(at, theme))],
      scales: { x: padded(places), y: scaleUpTo(points.map(({ value, high }) => high ?? value)) },
      axes: [xAxis(theme, plot.names ? named(plot.names) : { splits: () => thinned(places) }), yAxis(theme)],
      cursor: cursorOf(theme),
      hooks: { draw: [(u) => plot.lines.forEach((line, at) => drawMarks(u, line, theme, at))] },
    },
  };
}

function valuesAt({ points }: Line, places: number[]): (number | null)[] {
  const known = new Map(points.map(({ x, value }) => [x, value]));
  return places.map((x) => known.get(x) ?? null);
}

function seriesOf(at: number, theme: Theme): uPlot.Series {
  const stroke = theme.lines[at % theme.lines.length] ?? theme.ink;
  return {
    stroke,
    width: 2,
    dash: dashOf(at),
    spanGaps: true,
    points: { show: true, size: 7, width: 2, stroke, fill: theme.paper, dash: [] },
  };
}

/** A place alone stands in the middle. */
function padded(places: number[]): uPlot.Scale {
  const [first = 0, last = first] = [places[0], places.at(-1)];
  const air = (last - first) * 0.04 || 1;
  return scaleOf(first - air, last + air);
}

/** Ticks where something was measured, as long as they keep a distance. */
function thinned(places: number[]): number[] {
  const least = ((places.at(-1) ?? 0) - (places[0] ?? 0)) / 8;
  return places.reduce<number[]>((kept, x) => {
    const before = kept.at(-1);
    return before === undefined || x - before >= least ? [...kept, x] : kept;
  }, []);
}

function named(names: string[]): uPlot.Axis {
  return {
    space: 84,
    incrs: [1, 2, 5, 10, 20, 50, 100],
    values: (_, splits) => splits.map((x) => names[x] ?? ''),
  };
}

/** Intervals as whiskers, and a ring in the accent around what deserves a second look. */
function drawMarks(u: uPlot, { points }: Line, theme: Theme, at: number): void {
  const { ctx } = u;
  const px = uPlot.pxRatio;
  ctx.save();
  ctx.lineWidth = 1.5 * px;
  for (const { x, value, low, high, isMarked } of points) {
    const [left, middle] = [u.valToPos(x, 'x', true), u.valToPos(value, 'y', true)];
    ctx.strokeStyle = theme.lines[at % theme.lines.length] ?? theme.ink;
    ctx.beginPath();
    if (low !== null && high !== null) {
      ctx.moveTo(left, u.valToPos(low, 'y', true));
      ctx.lineTo(left, u.valToPos(high, 'y', true));
    }
    ctx.stroke();
    if (!isMarked) continue;
    ctx.beginPath();
    ctx.strokeStyle = theme.accent;
    ctx.arc(left, middle, 8 * px, 0, 2 * Math.PI);
    ctx.stroke();
  }
  ctx.restore();
}
