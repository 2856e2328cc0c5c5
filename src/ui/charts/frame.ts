import type uPlot from 'uplot';
import type { Theme } from './theme.ts';

/** What all kinds of charts have in common. */
export interface Drawing {
  data: uPlot.AlignedData;
  options: Omit<uPlot.Options, 'width' | 'height'>;
}

const DASHES = [[], [6, 4], [2, 3], [10, 4, 2, 4], [6, 2], [1, 5]];

/** Lines are told apart by colour and by dash. */
export function dashOf(line: number): number[] {
  return DASHES[line % DASHES.length] ?? [];
}

export function fontOf({ textPx, family }: Theme, scale = 1, weight = 400): string {
  return `${weight} ${textPx * scale}px ${family}`;
}

/** A scale of the page's own, without the air that uPlot would put around. */
export function scaleOf(least: number, most: number): uPlot.Scale {
  return { time: false, auto: false, range: () => [least, most] };
}

/** From 0 up to a little above the largest value. */
export function scaleUpTo(values: number[]): uPlot.Scale {
  return scaleOf(0, 1.08 * Math.max(...values, 1e-9));
}

export function xAxis(theme: Theme, more: uPlot.Axis = {}): uPlot.Axis {
  return {
    stroke: theme.soft,
    font: fontOf(theme),
    size: 2 * theme.textPx + 4,
    gap: 4,
    space: 56,
    grid: { show: false },
    ticks: { stroke: theme.rule, size: 4, width: 1 },
    border: { show: true, stroke: theme.ink, width: 1 },
    ...more,
  };
}

export function yAxis(theme: Theme, more: uPlot.Axis = {}): uPlot.Axis {
  return {
    stroke: theme.soft,
    font: fontOf(theme),
    size: (_, values) => 12 + 0.62 * theme.textPx * Math.max(1, ...(values ?? []).map((text) => text.length)),
    gap: 6,
    space: 36,
    grid: { stroke: theme.rule, width: 1 },
    ticks: { show: false },
    ...more,
  };
}

/** A vertical line under the pointer; nothing zooms, so that a drag on a phone scrolls the page. */
export function cursorOf(theme: Theme): uPlot.Cursor {
  return {
    y: false,
    drag: { x: false, y: false, setScale: false },
    points: { size: 9, width: 2, fill: theme.paper },
  };
}
