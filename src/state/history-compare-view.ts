import type { ComparedCase } from '../bench/compare.ts';
import type { Ratio } from '../bench/compare-ratio.ts';
import { formatFigure, formatInterval, formatNumber } from '../bench/number.ts';
import type { BarsPlot } from '../bench/plot.ts';
import type { Figure } from '../bench/summary.ts';
import type { Entry } from './history.ts';
import { nameOf } from './report.ts';

/** A case of a comparison as it is shown. */
export interface CaseView {
  name: string;
  /** The results that have a figure, with its interval. */
  plot: BarsPlot;
  /** Each result against the first one, in words. */
  ratios: { sign: string; text: string }[];
  /** What thinking cost each result; empty for cases that are not about it. */
  thinking: { sign: string; text: string }[];
}

/** Which result: A, B, C … */
export function signOf(at: number): string {
  return String.fromCharCode(65 + at);
}

export function viewCase(
  { name, figures, ratios, thinking }: ComparedCase,
  entries: readonly Entry[],
): CaseView {
  const bars = figures.flatMap((figure, at) => (figure ? [barOf(figure, at, entries[at]!)] : []));
  return {
    name,
    plot: { kind: 'bars', y: { label: name, unit: 'tok/s' }, bars },
    ratios: figures.flatMap((figure, at) =>
      at === 0 ? [] : [{ sign: signOf(at), text: ratioText(figure, figures[0] ?? null, ratios[at] ?? null) }],
    ),
    thinking: thinking.flatMap((text, at) => (text === null ? [] : [{ sign: signOf(at), text }])),
  };
}

function barOf(figure: Figure, at: number, { result }: Entry): BarsPlot['bars'][number] {
  const interval = formatInterval(figure);
  const value = `${formatFigure(figure)} tok/s`;
  return {
    name: `${signOf(at)} ${nameOf(result)}`,
    value: figure.median,
    low: figure.interval?.low ?? null,
    high: figure.interval?.high ?? null,
    text: interval ? `${value} (${interval})` : value,
  };
}

function ratioText(own: Figure | null, base: Figure | null, found: Ratio | null): string {
  if (!own) return 'not measured';
  if (!base || !found) return 'A has no figure to compare with';
  const { value, interval } = found;
  const times = `${formatNumber(value)} × A`;
  if (!interval) return `${times}; one run only, so its uncertainty is not known`;
  const range = `${formatNumber(interval.low)}–${formatNumber(interval.high)}`;
  const mayBeSame = interval.low <= 1 && interval.high >= 1;
  return mayBeSame ? `${times} (${range}): may be the same` : `${times} (${range})`;
}
