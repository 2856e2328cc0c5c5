import { computed } from '@preact/signals';
import { formatShare } from '../bench/number.ts';
import type { LinesPlot, Point } from '../bench/plot.ts';
import { valueOf } from '../bench/plots.ts';
import { browserOf, engineOf, newSince, progressOf, type Progress, type Step } from '../bench/progress.ts';
import { history } from './history.ts';
import { nameOf } from './report.ts';
import type { Drawable } from './report-charts.ts';

/** This machine over time: a chart for each case that the newest result shares with older ones of its model. */
export interface ProgressChart extends Drawable {
  /** Of the case. */
  name: string;
}

export const progressCharts = computed<ProgressChart[]>(() =>
  progressOf(history.value.map(({ result }) => result)).map(chartOf),
);

function chartOf(progress: Progress): ProgressChart {
  const { name, steps } = progress;
  const model = nameOf(steps[0]!.result);
  return {
    name,
    title: `${model}, ${name}, on this machine`,
    text: words(progress),
    plot: plotOf(progress),
  };
}

function plotOf({ name, steps }: Progress): LinesPlot {
  const points = steps.map((step, x): Point => {
    const value = valueOf(step.figure);
    const text = `${value.text}, ${browserOf(step.result)}, ${engineOf(step.result)}`;
    return {
      ...value,
      x,
      text: step.isSlower ? `${text}, slower than usual` : text,
      isMarked: step.isSlower,
    };
  });
  return {
    kind: 'lines',
    x: { label: 'Measured on', unit: '' },
    y: { label: name.startsWith('pp') ? 'Prefill' : 'Decode', unit: 'tok/s' },
    lines: [{ name, points }],
    names: steps.map(({ result }) => dayOf(result.startedUtc)),
  };
}

/** What became of the speed, e.g. "tg128 is 12 % slower than your median, since Chromium 157 on 12 Nov." */
function words({ name, steps }: Progress): string {
  const last = steps.at(-1)!;
  if (!last.isSlower) {
    const odd = steps.filter((step) => step.isSlower).length;
    const before = odd === 0 ? '' : ` ${odd} of ${steps.length} before it were slower; they are ringed.`;
    return `The newest ${name} is ${distance(last)}.${before}`;
  }
  const at = steps.reduce((first, step, index) => (step.isSlower ? first : index + 1), 0);
  const began = newSince(steps[at]!, steps[at - 1]);
  const day = dayOf(steps[at]!.result.startedUtc);
  const since = began ? `${began} on ${day}` : day;
  return `${name} is ${formatShare(1 - last.ratio!)} slower than your median since ${since}; what is slower is ringed.`;
}

function distance({ ratio }: Step): string {
  if (ratio === null || Math.abs(ratio - 1) < 0.01) return 'as fast as your median before it';
  return `${formatShare(Math.abs(ratio - 1))} ${ratio < 1 ? 'below' : 'above'} your median before it`;
}

function dayOf(utc: string): string {
  const date = new Date(utc);
  return date.toLocaleDateString('en', { day: 'numeric', month: 'short' });
}
