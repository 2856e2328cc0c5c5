import uPlot from 'uplot';
import type { Bar, BarsPlot } from '../../bench/plot.ts';
import { fontOf, scaleOf, scaleUpTo, xAxis, type Drawing } from './frame.ts';
import type { Theme } from './theme.ts';

/**
 * Lying bars, each below its name, so that long names have room on a phone. uPlot gives the frame and the scale; the
 * bars are drawn here:
 *
 *   Qwen 3.5 0.8B                    41.2 tok/s
 *   ██████████████████├──┤
 */
export function drawBars({ bars }: BarsPlot, theme: Theme): Drawing {
  return {
    data: [bars.map((_, at) => at), bars.map(({ value }) => value)],
    options: {
      series: [{}, { paths: () => null, points: { show: false } }],
      scales: {
        x: { ...scaleOf(-0.5, bars.length - 0.5), ori: 1, dir: -1 },
        y: { ...scaleUpTo(bars.map(({ value, high }) => high ?? value)), ori: 0 },
      },
      axes: [
        { show: false },
        xAxis(theme, { scale: 'y', side: 2, grid: { show: true, stroke: theme.rule, width: 1 } }),
      ],
      padding: [0, 8, null, 5],
      cursor: { show: false },
      hooks: { draw: [(u) => bars.forEach((bar, at) => drawBar(u, bar, at, theme))] },
    },
  };
}

function drawBar(u: uPlot, bar: Bar, at: number, theme: Theme): void {
  const { ctx } = u;
  const px = uPlot.pxRatio;
  const middle = u.valToPos(at, 'x', true) + 9 * px;
  const thick = 10 * px;
  const start = u.valToPos(0, 'y', true);
  ctx.save();
  ctx.fillStyle = theme.ink;
  ctx.fillRect(start, middle - thick / 2, u.valToPos(bar.value, 'y', true) - start, thick);
  if (bar.low !== null && bar.high !== null)
    drawWhisker(ctx, middle, [u.valToPos(bar.low, 'y', true), u.valToPos(bar.high, 'y', true)], theme);
  drawWords(u, bar, middle - thick / 2 - 5 * px, theme);
  ctx.restore();
}

function drawWhisker(
  ctx: CanvasRenderingContext2D,
  middle: number,
  [low, high]: [number, number],
  theme: Theme,
): void {
  const px = uPlot.pxRatio;
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2 * px;
  ctx.beginPath();
  ctx.moveTo(low, middle);
  ctx.lineTo(high, middle);
  for (const end of [low, high]) {
    ctx.moveTo(end, middle - 4 * px);
    ctx.lineTo(end, middle + 4 * px);
  }
  ctx.stroke();
}

/** The value at the right end, the name in the room that it leaves. On paper, so that no grid line crosses a letter. */
function drawWords(u: uPlot, { name, text }: Bar, base: number, theme: Theme): void {
  const { ctx } = u;
  const px = uPlot.pxRatio;
  const { left, width } = u.bbox;
  // The axes were drawn before and leave their own alignment behind.
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.font = fontOf(theme, px, 600);
  const taken = ctx.measureText(text).width + 12 * px;
  label(ctx, text, [left + width - taken + 12 * px, base], theme.ink);
  ctx.font = fontOf(theme, px);
  label(ctx, shortened(ctx, name, width - taken), [left, base], theme.soft);

  function label(to: CanvasRenderingContext2D, words: string, [x, y]: [number, number], ink: string): void {
    to.fillStyle = theme.paper;
    to.fillRect(x - px, y - theme.textPx * px, to.measureText(words).width + 2 * px, theme.textPx * px * 1.3);
    to.fillStyle = ink;
    to.fillText(words, x, y);
  }
}

function shortened(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  let kept = text;
  while (kept.length > 1 && ctx.measureText(kept).width > room) kept = `${kept.slice(0, -2)}…`;
  return kept;
}
