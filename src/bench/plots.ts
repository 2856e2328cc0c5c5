import { countGaps, gapMs } from './gaps.ts';
import { figures } from './measure.ts';
import { formatFigure, formatInterval } from './number.ts';
import type { HistogramPlot, Line, LinesPlot, Point, TimelinePlot, Value } from './plot.ts';
import type { Case } from './plan.ts';
import { refusal } from './refusal.ts';
import type { CaseResult, Result, Run } from './result.ts';
import { median, outliers } from './stats.ts';
import { mainFigure, summarize, summarizeCase, validRuns, type Figure, type Summary } from './summary.ts';

/** What of a result can be drawn. Null or empty where there is nothing to see. */

/** Fewer gaps make no line of time. */
const LEAST_GAPS = 8;
/** A gap stands out if it is an outlier and so many times the median: what a reader might notice. */
const NOTICED = 1.25;

/** The time before each token of a run; null where its single stamps were not kept. */
export function timelineOf(run: Run): TimelinePlot | null {
  const { gapsMs } = figures(run);
  if (run.invalid || gapsMs.length < LEAST_GAPS) return null;
  const medianMs = median(gapsMs);
  const marked = outliers(gapsMs).filter((at) => gapsMs[at]! > NOTICED * medianMs);
  return { kind: 'timeline', gapsMs, medianMs, marked };
}

/** How often which gap came in the valid runs of a case; null for cases that generate nothing. */
export function gapsPlot(result: CaseResult): HistogramPlot | null {
  const tpotMs = summarizeCase(result).tpotMs?.median;
  if (!tpotMs) return null;
  const gaps = validRuns(result).flatMap((run) => figures(run).gapsMs);
  const counts = result.gapCounts ?? countGaps(gaps, tpotMs);
  const filled = counts.flatMap((count, bin) => (count > 0 ? [bin] : []));
  const [first, last] = [filled[0], filled.at(-1)];
  if (first === undefined || last === undefined) return null;
  const bins = counts.slice(first, last + 1);
  // Bins are named by their middles; half a bin to either side are their edges.
  const edges = [...bins, 0].map((_, at) => gapMs(first + at - 0.5, tpotMs));
  return { kind: 'histogram', x: { label: 'Gap between tokens', unit: 'ms' }, edges, counts: bins };
}

/** Speed over the tokens that are in the KV cache already: one line for each shape that was measured at several depths. */
export function depthPlot(result: Result, kind: 'pp' | 'tg'): LinesPlot | null {
  if (refusal(result)) return null;
  const measured = summarize(result).filter((s) => s.case.kind === kind && mainFigure(s));
  const shapes = [...new Set(measured.map((s) => shapeOf(s.case)))];
  const lines = shapes.map((name) => lineOf(name, measured)).filter(({ points }) => points.length > 1);
  if (lines.length === 0) return null;
  const label = kind === 'pp' ? 'Prefill' : 'Decode';
  return {
    kind: 'lines',
    x: { label: 'KV depth', unit: 'tokens' },
    y: { label, unit: 'tok/s' },
    lines,
    names: null,
  };
}

function shapeOf({ name }: Case): string {
  return name.replace(/@.*/, '');
}

function lineOf(name: string, measured: Summary[]): Line {
  const points = measured.flatMap((summary): Point[] => {
    const figure = mainFigure(summary);
    if (!figure || shapeOf(summary.case) !== name) return [];
    return [{ x: summary.case.depth, ...valueOf(figure), isMarked: false }];
  });
  return { name, points: points.sort((a, b) => a.x - b.x) };
}

/** A figure in tokens per second as a chart shows it. */
export function valueOf(figure: Figure): Value {
  const interval = formatInterval(figure);
  const text = `${formatFigure(figure)} tok/s${interval ? ` (${interval})` : ''}`;
  return {
    value: figure.median,
    low: figure.interval?.low ?? null,
    high: figure.interval?.high ?? null,
    text,
  };
}
