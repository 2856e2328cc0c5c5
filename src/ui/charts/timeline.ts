import uPlot from 'uplot';
import type { HistogramPlot, TimelinePlot } from '../../bench/plot.ts';
import { rate } from '../words.ts';
import { cursorOf, scaleOf, scaleUpTo, xAxis, yAxis, type Drawing } from './frame.ts';
import type { Theme } from './theme.ts';

/** A gap longer than this many medians is cut off at the top, so that the others can still be told apart. */
const MOST_MEDIANS = 6;

/** A stick for each gap between tokens; those that stand out in the accent; the median as a dashed line. */
export function drawTimeline({ gapsMs, medianMs, marked }: TimelinePlot, theme: Theme): Drawing {
  const odd = new Set(marked);
  const most = Math.min(Math.max(...gapsMs), MOST_MEDIANS * medianMs);
  return {
    data: [
      gapsMs.map((_, at) => at + 2),
      gapsMs.map((gap, at) => (odd.has(at) ? null : Math.min(gap, most))),
      gapsMs.map((gap, at) => (odd.has(at) ? Math.min(gap, most) : null)),
    ],
    options: {
      series: [{}, sticks(theme.ink), sticks(theme.accent)],
      scales: { x: scaleOf(1, gapsMs.length + 2), y: scaleUpTo([most]) },
      axes: [xAxis(theme), yAxis(theme)],
      cursor: { ...cursorOf(theme), points: { show: false } },
      hooks: {
        draw: [(u) => drawMedian(u, medianMs, theme), (u) => drawCuts(u, gapsMs, most, theme)],
      },
    },
  };
}

/** How often which gap came: bars that touch, with ticks at their edges. */
export function drawHistogram({ edges, counts }: HistogramPlot, theme: Theme): Drawing {
  return {
    data: [counts.map((_, at) => at + 0.5), counts],
    options: {
      series: [{}, { ...sticks(theme.ink), paths: uPlot.paths.bars?.({ size: [1, Infinity], gap: 1 }) }],
      scales: { x: scaleOf(0, counts.length), y: scaleUpTo(counts) },
      axes: [
        xAxis(theme, {
          incrs: [1, 2, 5, 10],
          space: 48,
          values: (_, splits) => splits.map((at) => rate(edges[at] ?? null)),
        }),
        yAxis(theme, { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] }),
      ],
      cursor: { ...cursorOf(theme), points: { show: false } },
    },
  };
}

function sticks(fill: string): uPlot.Series {
  return { fill, width: 0, paths: uPlot.paths.bars?.({ size: [0.75, 8] }), points: { show: false } };
}

function drawMedian(u: uPlot, medianMs: number, theme: Theme): void {
  const { ctx, bbox } = u;
  const y = u.valToPos(medianMs, 'y', true);
  ctx.save();
  ctx.strokeStyle = theme.soft;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([4 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** A triangle over each stick that goes on beyond the top. */
function drawCuts(u: uPlot, gapsMs: number[], most: number, theme: Theme): void {
  const { ctx } = u;
  const size = 4 * uPlot.pxRatio;
  const top = u.valToPos(most, 'y', true) - 2;
  ctx.save();
  ctx.fillStyle = theme.accent;
  ctx.beginPath();
  gapsMs.forEach((gap, at) => {
    if (gap <= most) return;
    const x = u.valToPos(at + 2, 'x', true);
    ctx.moveTo(x - size, top);
    ctx.lineTo(x + size, top);
    ctx.lineTo(x, top - 1.5 * size);
  });
  ctx.fill();
  ctx.restore();
}
