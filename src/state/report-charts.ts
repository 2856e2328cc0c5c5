import type { Plot, TimelinePlot } from '../bench/plot.ts';
import { depthPlot, gapsPlot, timelineOf } from '../bench/plots.ts';
import { formatMs, formatShare } from '../bench/number.ts';
import type { CaseResult, Result } from '../bench/result.ts';
import { summarizeCase, validRuns } from '../bench/summary.ts';

/** A chart with what it says in words. */
export interface Drawable {
  title: string;
  text: string;
  plot: Plot;
}

/** Speed over context depth: for generating, and for reading. */
export function depthCharts(result: Result): Drawable[] {
  return (['tg', 'pp'] as const).flatMap((kind) => {
    const plot = depthPlot(result, kind);
    if (!plot) return [];
    const title = kind === 'tg' ? 'Decode over context depth' : 'Prefill over context depth';
    return [{ title, text: plot.lines.map(({ name, points }) => fallOf(name, points)).join(' '), plot }];
  });
}

/** How much of its speed a line loses on its way. */
function fallOf(name: string, points: { x: number; value: number }[]): string {
  const [first, last] = [points[0]!, points.at(-1)!];
  const change = last.value / first.value - 1;
  const words = `${formatShare(Math.abs(change))} ${change < 0 ? 'slower' : 'faster'}`;
  return `${name} is ${words} behind ${last.x} tokens than behind ${first.x}.`;
}

export interface CaseCharts {
  /** One for each run that counts and has its stamps, in order. */
  runs: (Drawable & { label: string })[];
  histogram: Drawable | null;
}

/** What happened between the tokens of a case. */
export function caseCharts(result: CaseResult): CaseCharts {
  const runs = validRuns(result).flatMap((run, at) => {
    const plot = timelineOf(run);
    const label = `${at + 1}`;
    return plot
      ? [{ label, title: `Gaps between the tokens of run ${label}`, text: describe(plot), plot }]
      : [];
  });
  return { runs, histogram: histogramOf(result) };
}

function describe({ gapsMs, medianMs, marked }: TimelinePlot): string {
  const longest = Math.max(...gapsMs);
  const where = gapsMs.indexOf(longest) + 2;
  const odd =
    marked.length === 0
      ? 'None stands out'
      : `${marked.length} of ${gapsMs.length} ${marked.length === 1 ? 'stands' : 'stand'} out`;
  return `The median gap, the dashed line, is ${formatMs(medianMs)}. ${odd}; the longest is ${formatMs(longest)}, before token ${where}.`;
}

function histogramOf(result: CaseResult): Drawable | null {
  const plot = gapsPlot(result);
  const itl = summarizeCase(result).itl;
  if (!plot || !itl) return null;
  const text = `Half of the gaps are at most ${formatMs(itl.p50Ms)} long, 95 % at most ${formatMs(itl.p95Ms)}, 99 % at most ${formatMs(itl.p99Ms)}.`;
  return { title: 'All gaps of all runs', text, plot };
}
