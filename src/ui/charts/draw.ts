import uPlot from 'uplot';
import type { Plot } from '../../bench/plot.ts';
import { drawBars } from './bars.ts';
// oxlint-disable-next-line import/no-unassigned-import -- a style sheet, which comes and goes with this file
import './draw.css';
import type { Drawing } from './frame.ts';
import { drawLines } from './lines.ts';
import { followTheme, readTheme, type Theme } from './theme.ts';
import { drawHistogram, drawTimeline } from './timeline.ts';

/** A chart on the page. */
export interface Drawn {
  /** Show the place with this index, as if the pointer were there. */
  point(index: number): void;
  remove(): void;
}

/** Draws a chart into an element, whose size it follows. `onPoint` tells the place under the pointer, null for none. */
export function draw(host: HTMLElement, plot: Plot, onPoint: (index: number | null) => void): Drawn {
  let chart = create(host, plot, onPoint);
  const renew = () => {
    chart.destroy();
    chart = create(host, plot, onPoint);
  };
  const unfollow = followTheme(renew);
  const sizes = new ResizeObserver(() => chart.setSize(sizeOf(host)));
  sizes.observe(host);
  return {
    point: (index) => {
      const x = chart.data[0][index];
      if (x !== undefined) chart.setCursor({ left: chart.valToPos(x, 'x'), top: 0 });
    },
    remove: () => {
      unfollow();
      sizes.disconnect();
      chart.destroy();
    },
  };
}

function create(host: HTMLElement, plot: Plot, onPoint: (index: number | null) => void): uPlot {
  const { data, options } = drawingOf(plot, readTheme(host));
  const tell = (u: uPlot) => onPoint(u.cursor.idx ?? null);
  const hooks = { ...options.hooks, setCursor: [tell] };
  return new uPlot({ ...options, ...sizeOf(host), legend: { show: false }, hooks }, data, host);
}

function drawingOf(plot: Plot, theme: Theme): Drawing {
  if (plot.kind === 'lines') return drawLines(plot, theme);
  if (plot.kind === 'bars') return drawBars(plot, theme);
  if (plot.kind === 'timeline') return drawTimeline(plot, theme);
  return drawHistogram(plot, theme);
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: clientWidth, height: clientHeight };
}
