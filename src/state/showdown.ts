import { computed } from '@preact/signals';
import { isSame } from '../bench/cost.ts';
import { adapterName } from '../bench/format.ts';
import { formatFigure, formatInterval, formatNumber } from '../bench/number.ts';
import { refusal } from '../bench/refusal.ts';
import { leading, summarize } from '../bench/summary.ts';
import { howFar, type Comparable } from '../reference/comparable.ts';
import { FIGURES, type ReferenceFigure } from '../reference/figures.ts';
import { machineOf } from '../reference/machines.ts';
import { openModelOf } from '../reference/models.ts';
import type { Source } from '../reference/source.ts';
import { history, type Entry } from './history.ts';
import { nameOf } from './report.ts';
import { addressOf } from './route.ts';

/** The visitor's own results beside published figures, as they are shown. */

/** One speed on the common scale. */
export interface Spot {
  key: string;
  own: boolean;
  /** What ran. */
  what: string;
  /** On what. */
  where: string;
  /** Tokens per second, as text. */
  value: string;
  lowTps: number;
  midTps: number;
  highTps: number;
  /** `own` results have none. */
  grade: Comparable['grade'] | null;
}

export interface OwnResult extends Spot {
  address: string;
  basis: string;
  software: boolean;
}

export interface Published extends Spot {
  model: string;
  conditions: string;
  reasons: string[];
  notes: string[];
  source: Source;
}

/** Own results shown: enough to see a spread, few enough to read. */
const MOST_OWN = 6;

/** The newest result of each model on each adapter that has a decode rate. */
export const ownResults = computed<OwnResult[]>(() => {
  const newest = history.value.filter(
    (entry, at, all) => !all.slice(0, at).some((one) => isAlike(one, entry)),
  );
  return newest.flatMap((entry) => ownResult(entry) ?? []).slice(0, MOST_OWN);
});

function isAlike({ result: a }: Entry, { result: b }: Entry): boolean {
  return a.model.variant === b.model.variant && isSame(a.adapter, b.adapter);
}

function ownResult({ id, result }: Entry): OwnResult | null {
  const speaks = refusal(result) ? null : leading(summarize(result));
  const figure = speaks?.decodeTps;
  if (!speaks || !figure) return null;
  const interval = formatInterval(figure);
  return {
    key: id,
    own: true,
    what: nameOf(result),
    where: adapterName(result),
    value: formatFigure(figure),
    lowTps: figure.interval?.low ?? figure.median,
    midTps: figure.median,
    highTps: figure.interval?.high ?? figure.median,
    grade: null,
    address: addressOf({ page: 'measure', result: id }),
    basis: [
      `${speaks.case.name}, ${figure.count === 1 ? 'one run' : `median of ${figure.count} runs`}`,
      interval && `95 % interval ${interval}`,
      result.model.quantization,
      `${result.engine.name} in ${result.browser.name || 'a browser'}`,
    ]
      .filter(Boolean)
      .join(', '),
    software: result.adapter.software,
  };
}

export const published: readonly Published[] = FIGURES.map(publish);

function publish(figure: ReferenceFigure): Published {
  const { low, high } = figure.tps;
  const { grade, reasons } = howFar(figure);
  const known = openModelOf(figure.model);
  const model = known?.name ?? 'Model not told';
  const machine = machineOf(figure.machine);
  return {
    key: figure.id,
    own: false,
    what: [model, figure.engine, figure.batch !== null && `batch ${figure.batch}`].filter(Boolean).join(', '),
    model,
    where: machine?.name ?? figure.machine,
    value: `${figure.about ? '≈ ' : ''}${low === high ? count(low) : `${count(low)}–${count(high)}`}`,
    lowTps: low,
    midTps: Math.sqrt(low * high),
    highTps: high,
    grade,
    conditions: conditionsOf(figure),
    reasons,
    notes: [figure.note, known?.note ?? null].filter((note) => note !== null),
    source: figure.source,
  };
}

function count(tps: number): string {
  return tps >= 1000 ? tps.toLocaleString('en') : formatNumber(tps).replace(/\.0+$/, '');
}

function conditionsOf({
  engine,
  quantization,
  batch,
  contextTokens,
  statistic,
  ttftBelowMs,
}: ReferenceFigure): string {
  const told = [
    engine,
    quantization,
    batch !== null && `batch ${batch}`,
    contextTokens !== null && `context ${contextTokens}`,
    statistic,
    ttftBelowMs !== null && `TTFT below ${ttftBelowMs} ms`,
  ].filter(Boolean);
  return told.length > 0 ? told.join(', ') : 'nothing but the number';
}

/** A logarithmic axis over all that is shown, from a power of ten to a power of ten. */
export interface Scale {
  /** Powers of ten, with where they lie, 0..1. */
  ticks: { at: number; label: string }[];
  /** Where a speed lies, 0..1. */
  place: (tps: number) => number;
}

export function scaleOf(spots: readonly Spot[]): Scale {
  const low = Math.floor(Math.log10(Math.min(...spots.map(({ lowTps }) => lowTps))));
  const high = Math.ceil(Math.log10(Math.max(...spots.map(({ highTps }) => highTps))));
  const width = Math.max(1, high - low);
  const place = (tps: number) => Math.min(1, Math.max(0, (Math.log10(tps) - low) / width));
  const ticks = Array.from({ length: width + 1 }, (_, step) => ({
    at: step / width,
    label: (10 ** (low + step)).toLocaleString('en'),
  }));
  return { ticks, place };
}

export const scale = computed(() => scaleOf([...ownResults.value, ...published]));
