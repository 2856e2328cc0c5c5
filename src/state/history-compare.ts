import { computed, signal } from '@preact/signals';
import { changeSince, compare, type Change, type ComparedCase, type Comparison } from '../bench/compare.ts';
import type { Ratio } from '../bench/compare-ratio.ts';
import { isSame } from '../bench/cost.ts';
import { formatFigure, formatInterval, formatNumber } from '../bench/number.ts';
import { openLink, writeLink } from '../share/link.ts';
import { history, type Entry } from './history.ts';
import { route } from './route.ts';
import { addressOfComparison, BETWEEN } from './shared.ts';

/** Results of this device against each other: those that were picked, and each one against the one before it. */
export interface Compared {
  entries: Entry[];
  comparison: Comparison;
}

/** Results in one comparison. */
const MOST = 8;

/** Ids of the results that are picked, in the order of picking: the first is what the others are compared with. */
export const picked = signal<readonly string[]>([]);

export function pick(id: string, on: boolean): void {
  const others = picked.value.filter((one) => one !== id);
  picked.value = on ? [...others, id] : others;
}

/** Where the picked results stand beside each other; null for fewer than two. */
export const comparisonAddress = computed(() => {
  const there = picked.value.filter((id) => find(id));
  return there.length < 2 ? null : addressOfComparison(there);
});

/** The address of a comparison that anybody can open: every result is in it. */
export function linkOfComparison(entries: Entry[], page = location.href): string {
  const address = new URL(page);
  address.search = '';
  address.hash = addressOfComparison(entries.map(({ result }) => writeLink(result).slice(1)));
  return address.href;
}

/** The comparison that the address asks for; null without one, or when its results are gone. */
export const compared = computed<Compared | null>(() => {
  if (route.value.page !== 'measure' || !route.value.compare) return null;
  const tokens = [...new Set(route.value.compare.split(BETWEEN))].slice(0, MOST);
  const entries = tokens.flatMap((token) => find(token) ?? []);
  return entries.length < 2 ? null : { entries, comparison: compare(entries.map(({ result }) => result)) };
});

/** Whether an entry of a comparison came in its address, so that only its sender vouches for it. */
export function isShared(token: string): boolean {
  return token.startsWith('r=');
}

/** A result of this device by its id, or one that is written out as in a link. */
function find(token: string): Entry | undefined {
  if (!isShared(token)) return history.value.find((entry) => entry.id === token);
  const opened = openLink(`#${token}`);
  return opened.ok ? { id: token, result: opened.result } : undefined;
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
