import { DEFINITIONS, type Definition, type Term } from '../bench/definitions.ts';
import { nativeTools, type NativeTool } from '../bench/native.ts';
import { formatFigure, formatInterval, formatMs, formatNumber } from '../bench/number.ts';
import type { CaseResult, Result } from '../bench/result.ts';
import { summarizeCase, type Figure, type Summary } from '../bench/summary.ts';
import { modelOf } from '../engine/catalog.ts';

/** A median and its interval in words; null where that clock does not tell. */
export interface Cell {
  value: string;
  interval: string | null;
}

export interface FigureRow {
  term: Term;
  label: string;
  unit: string;
  /** On the worker's clock, on the page's, and by web-llm's own account. */
  cells: [worker: Cell | null, page: Cell | null, engine: Cell | null];
}

export const CLOCKS = ['Beside the GPU', 'On the page', 'web-llm’s own'] as const;

export interface CaseFigures {
  /** What the name of the case means. */
  kind: Term;
  depth: string | null;
  rows: FigureRow[];
}

/** Every figure of a case on every clock that tells it. */
export function figuresOf(result: CaseResult): CaseFigures {
  const summary = summarizeCase(result);
  const { kind, depth } = summary.case;
  const rows = [...speedRows(summary), ...gapRows(summary), ...answerRows(summary)];
  return {
    kind,
    depth: depth > 0 ? `${depth} tokens` : null,
    rows: rows.filter(({ cells }) => cells.some(Boolean)),
  };
}

function speedRows({ ttftMs, prefillTps, decodeTps, tpotMs, page, engine }: Summary): FigureRow[] {
  return [
    row('ttft', 'ms', [ttftMs, page.ttftMs, engine.ttftMs]),
    row('prefill', 'tok/s', [prefillTps, null, engine.prefillTps]),
    row('decode', 'tok/s', [decodeTps, page.decodeTps, engine.decodeTps]),
    row('tpot', 'ms', [tpotMs, null, null]),
  ];
}

function gapRows({ itl }: Summary): FigureRow[] {
  if (!itl) return [];
  const percentiles = [
    ['p50', itl.p50Ms],
    ['p95', itl.p95Ms],
    ['p99', itl.p99Ms],
  ] as const;
  return percentiles.map(([name, ms]) => ({
    term: 'itl',
    label: `ITL ${name}`,
    unit: 'ms',
    cells: [{ value: formatNumber(ms), interval: null }, null, null],
  }));
}

function answerRows({ page, thought }: Summary): FigureRow[] {
  return [
    row('total', 'ms', [null, page.totalMs, null]),
    row('thinking', 'ms', [thought?.answerMs ?? null, null, null]),
    {
      ...row('thinking', 'tokens', [thought?.tokens ?? null, null, null]),
      label: 'Thought before it',
    },
  ];
}

function row(term: Term, unit: string, [worker, page, engine]: (Figure | null)[]): FigureRow {
  const cells: FigureRow['cells'] = [cell(worker), cell(page), cell(engine)];
  return { term, label: DEFINITIONS[term].name, unit, cells };
}

function cell(figure: Figure | null | undefined): Cell | null {
  return figure ? { value: formatFigure(figure), interval: formatInterval(figure) } : null;
}

export function definitionOf(term: Term): Definition {
  return DEFINITIONS[term];
}

/** A part of what came before the first run. */
export interface LoadPart {
  label: string;
  value: string;
  /** 0..1 of the longest part. */
  share: number;
}

/** How long each part of the load took; parts that were not needed or cannot be told apart are left out. */
export function loadOf({ load }: Result): LoadPart[] {
  const parts: [string, number | null][] = [
    ['Download', load.downloadMs],
    ['Fetch the engine’s code', load.importEngineMs],
    ['Read from the store', readMs(load)],
    ['Copy onto the GPU', load.uploadMs],
    ['Compile shaders, make the KV cache', load.shadersMs],
    ['First request to its first token', load.firstTokenMs],
  ];
  const known = parts.filter((part): part is [string, number] => part[1] !== null);
  const most = Math.max(...known.map(([, ms]) => ms), 1);
  return known.map(([label, ms]) => ({ label, value: formatMs(ms), share: ms / most }));
}

function readMs({ openStoreMs, uploadMs }: Result['load']): number | null {
  return openStoreMs === null ? null : Math.max(0, openStoreMs - (uploadMs ?? 0));
}

/** How to measure the same without a browser; empty for the demo models, which no other program has. */
export function nativeOf({ plan, model }: Result): NativeTool[] {
  const known = modelOf(model.variant);
  if (known?.family === 'Demo') return [];
  const mlc = known && model.variant.endsWith('-MLC') ? model.variant : null;
  return nativeTools(plan, { name: known?.name ?? model.variant, mlc });
}
