import { computed, signal } from '@preact/signals';
import { changeSince, compare, type Change, type Comparison } from '../bench/compare.ts';
import { isSame } from '../bench/cost.ts';
import { formatShare } from '../bench/number.ts';
import { openLink, writeLink } from '../share/link.ts';
import { viewCase, type CaseView } from './history-compare-view.ts';
import { history, isRestored, type Entry } from './history.ts';
import { route } from './route.ts';
import { addressOfComparison, BETWEEN } from './shared.ts';

/** Results of this device against each other: those that were picked, and each one against the one before it. */
export interface Compared {
  entries: Entry[];
  comparison: Comparison;
  cases: CaseView[];
}

/** Results in one comparison. */
export const MOST = 8;

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

/** What the address asks to compare, each once. */
const asked = computed<string[]>(() => {
  const text = route.value.page === 'measure' ? route.value.compare : undefined;
  return text ? [...new Set(text.split(BETWEEN))] : [];
});

/** The comparison that the address asks for; null without one, or when too few of its results can be had. */
export const compared = computed<Compared | null>(() => {
  const entries = asked.value.slice(0, MOST).flatMap((token) => find(token) ?? []);
  if (entries.length < 2) return null;
  const comparison = compare(entries.map(({ result }) => result));
  const cases = comparison.cases.map((one) => viewCase(one, entries));
  return { entries, comparison, cases };
});

/** What of the comparison that the address asks for is not there, in a sentence; null when all of it is. */
export const leftOut = computed<string | null>(() => {
  const wanted = asked.value.slice(0, MOST).filter((token) => isShared(token) || isRestored.value);
  const missing = wanted.filter((token) => !find(token)).length;
  if (asked.value.length === 1)
    return 'A comparison takes two results; its link is cut short. Copy it whole.';
  if (missing > 0) {
    const what = missing === 1 ? 'One result' : `${missing} results`;
    return `${what} of this comparison cannot be shown: deleted on this device, kept on another, or cut off from its link.`;
  }
  return asked.value.length > MOST ? `Only the first ${MOST} results of this comparison are shown.` : null;
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

/** A move against the result before, e.g. "tg128 12 % slower than before, with Chrome 157 instead of Chrome 156". */
export function changeText({ name, ratio, differences }: Change): string {
  const share = formatShare(Math.abs(ratio.value - 1));
  const since = differences.map(({ values: [before, now] }) => `${now} instead of ${before}`).join(', ');
  const moved = `${name} ${share} ${ratio.value < 1 ? 'slower' : 'faster'} than before`;
  return since ? `${moved}, with ${since}` : moved;
}
