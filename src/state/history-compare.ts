import { computed, signal } from '@preact/signals';
import {
  changeSince,
  compare,
  type Change,
  type ComparedCase,
  type Comparison,
  type Ratio,
} from '../bench/compare.ts';
import { isSame } from '../bench/cost.ts';
import { formatFigure, formatInterval, formatNumber } from '../bench/number.ts';
import { history, type Entry } from './history.ts';
import { addressOf, route } from './route.ts';

/** Results of this device against each other: those that were picked, and each one against the one before it. */
export interface Compared {
  entries: Entry[];
  comparison: Comparison;
}

/** Ids of the results that are picked, in the order of picking: the first is what the others are compared with. */
export const picked = signal<readonly string[]>([]);

export function pick(id: string, on: boolean): void {
  const others = picked.value.filter((one) => one !== id);
  picked.value = on ? [...others, id] : others;
}

/** Where the picked results stand beside each other; null for fewer than two. */
export const comparisonAddress = computed(() => {
  const there = picked.value.filter((id) => find(id));
  return there.length < 2 ? null : addressOf({ page: 'measure', result: null, compare: there.join('.') });
});

/** The comparison that the address asks for; null without one, or when its results are gone. */
export const compared = computed<Compared | null>(() => {
  if (route.value.page !== 'measure' || !route.value.compare) return null;
  const entries = [...new Set(route.value.compare.split('.'))].flatMap((id) => find(id) ?? []);
  return entries.length < 2 ? null : { entries, comparison: compare(entries.map(({ result }) => result)) };
});

function find(id: string): Entry | undefined {
  return history.value.find((entry) => entry.id === id);
}

/** How each result moved against the one before it of the same model on the same adapter; only clear moves. */
export const changes = computed<ReadonlyMap<string, Change>>(() => {
  const found = new Map<string, Change>();
  history.value.forEach((entry, at) => {
    const before = history.value.slice(at + 1).find((older) => isAlike(entry, older));
    const change = before && changeSince(entry.result, before.result);
    if (change) found.set(entry.id, change);
  });
  return found;
});

function isAlike({ result: a }: Entry, { result: b }: Entry): boolean {
  const names = new Set(a.cases.map((c) => c.case.name));
  return (
    a.model.variant === b.model.variant &&
    isSame(a.adapter, b.adapter) &&
    b.cases.some((c) => names.has(c.case.name) && c.runs.length > 0)
  );
}

/** A case of a comparison as it is shown. */
export interface CaseRows {
  name: string;
  rows: {
    /** Which result: A, B, C … */
    sign: string;
    /** Null where the result has no figure. */
    value: string | null;
    interval: string | null;
    /** To the first result, in words. */
    ratio: string;
    /** 0..1 of the fastest. */
    share: number;
  }[];
}

export function rowsOf({ name, figures, ratios }: ComparedCase): CaseRows {
  const most = Math.max(...figures.map((figure) => figure?.median ?? 0));
  const rows = figures.map((figure, at) => ({
    sign: signOf(at),
    value: figure && formatFigure(figure),
    interval: figure && formatInterval(figure),
    ratio: ratioText(ratios[at] ?? null),
    share: (figure?.median ?? 0) / most,
  }));
  return { name, rows };
}

export function signOf(at: number): string {
  return String.fromCharCode(65 + at);
}

function ratioText(found: Ratio | null): string {
  if (!found) return '';
  const { value, interval } = found;
  const times = `${formatNumber(value)} × A`;
  if (!interval) return `${times}; its uncertainty is not known`;
  const range = `${formatNumber(interval.low)}–${formatNumber(interval.high)}`;
  const mayBeSame = interval.low <= 1 && interval.high >= 1;
  return mayBeSame ? `${times} (${range}): may be the same` : `${times} (${range})`;
}
