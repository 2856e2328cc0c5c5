import type { HistogramPlot, LinesPlot, Plot, TimelinePlot } from '../../bench/plot.ts';
import { rate } from '../words.ts';

/** What a chart shows, as a table. Row n is what the n-th place on the chart's axis says. */
export interface Facts {
  head: string[];
  rows: string[][];
}

export function factsOf(plot: Plot): Facts {
  if (plot.kind === 'lines') return lineFacts(plot);
  if (plot.kind === 'timeline') return timelineFacts(plot);
  if (plot.kind === 'histogram') return histogramFacts(plot);
  return { head: ['Result', plot.y.label], rows: plot.bars.map(({ name, text }) => [name, text]) };
}

/** One row in a line: `KV depth 2048: Decode 41.2 tok/s`. */
export function readout({ head, rows }: Facts, at: number): string {
  const [first = '', ...others] = rows[at] ?? [];
  const told = others.flatMap((cell, index) => (cell === '' ? [] : [`${head[index + 1] ?? ''} ${cell}`]));
  return `${head[0] ?? ''} ${first}: ${told.join('; ')}`.trim();
}

/** Every place on the axis that some line has a point at, ascending. */
export function placesOf({ lines }: LinesPlot): number[] {
  return [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
}

function lineFacts(plot: LinesPlot): Facts {
  const rows = placesOf(plot).map((x) => [
    plot.names?.[x] ?? String(x),
    ...plot.lines.map(({ points }) => points.find((point) => point.x === x)?.text ?? ''),
  ]);
  return { head: [plot.x.label, ...plot.lines.map(({ name }) => name)], rows };
}

function timelineFacts({ gapsMs, marked }: TimelinePlot): Facts {
  const odd = new Set(marked);
  const rows = gapsMs.map((gap, at) => [
    String(at + 2),
    `${rate(gap)} ms${odd.has(at) ? ', stands out' : ''}`,
  ]);
  return { head: ['Token', 'after'], rows };
}

function histogramFacts({ x, edges, counts }: HistogramPlot): Facts {
  const rows = counts.map((count, at) => [
    `${rate(edges[at] ?? null)} to ${rate(edges[at + 1] ?? null)} ${x.unit}`,
    String(count),
  ]);
  return { head: [x.label, 'count'], rows };
}
