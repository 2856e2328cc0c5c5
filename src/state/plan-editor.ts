import { computed, signal } from '@preact/signals';
import {
  hasDepth,
  isPlan,
  parseCase,
  parsePlan,
  writePlan,
  type Case,
  type CaseKind,
  type Plan,
} from '../bench/plan.ts';
import { choosePlan, chosenPlan, thinksHere } from './plans.ts';
import { meaning } from './report.ts';
import { addressOf, route } from './route.ts';

/** The chosen plan, taken apart for editing. Every change goes into the address, which is where a plan lives. */

/** Why the last change was not made; null when it was. */
export const editRefusal = signal<string | null>(null);

export interface EditedCase {
  name: string;
  meaning: string;
}

export const editedCases = computed<EditedCase[]>(() =>
  chosenPlan.value.cases.map((c) => ({ name: c.name, meaning: meaning(c) })),
);

export type Setting = 'warmups' | 'minRuns' | 'maxRuns';

export function changeSetting(key: Setting, value: number): void {
  const next = { ...chosenPlan.value, [key]: value };
  // Whichever bound moves takes the other along.
  if (key === 'minRuns') next.maxRuns = Math.max(next.maxRuns, value);
  if (key === 'maxRuns') next.minRuns = Math.min(next.minRuns, value);
  apply(next);
}

export function removeCase(name: string): void {
  apply({ ...chosenPlan.value, cases: chosenPlan.value.cases.filter((c) => c.name !== name) });
}

/** Whether cases of a kind can be added at several depths. */
export function takesDepth(kind: CaseKind): boolean {
  return hasDepth(kind);
}

/**
 * Add a case, or one for each depth: a sweep. Those that are there already stay as they are.
 * @param depths as it was typed: `0` or `0, 512, 2048`
 */
export function addCases(kind: CaseKind, tokens: number, depths: string): void {
  const found = casesOf(kind, tokens, depths);
  if (!found) {
    editRefusal.value = 'Tokens and depths are whole numbers, tokens up to 32768 and depths up to 131072.';
    return;
  }
  const there = chosenPlan.value.cases;
  const added = found.filter(({ name }) => there.every((c) => c.name !== name));
  apply({ ...chosenPlan.value, cases: [...there, ...added] });
}

function casesOf(kind: CaseKind, tokens: number, depths: string): Case[] | null {
  const wanted = !hasDepth(kind) ? ['0'] : depths.split(/[\s,;]+/).filter(Boolean);
  const cases = wanted.map((depth) =>
    parseCase(`${kind}${tokens}${Number(depth) === 0 ? '' : `@d${Number(depth)}`}`),
  );
  const known = cases.filter((c) => c !== null);
  return known.length === wanted.length && known.length > 0 ? known : null;
}

function apply(next: Plan): void {
  const own: Plan = { ...next, preset: 'custom' };
  // Read back, it may turn out to be a preset again.
  const read = isPlan(own) ? parsePlan(writePlan(own), thinksHere.value) : null;
  if (!read) {
    editRefusal.value = 'A plan has 1 to 16 different cases, at most 5 warm-ups and 1 to 50 runs.';
    return;
  }
  editRefusal.value = null;
  choosePlan(writePlan(read));
}

/** Where anybody finds this plan, and the model that it was made for, where the address names one. */
export function linkOfPlan(page = location.href): string {
  const address = new URL(page);
  address.search = '';
  const plan = writePlan(chosenPlan.value);
  const variant = route.value.page === 'measure' ? route.value.variant : undefined;
  address.hash = addressOf({ page: 'measure', result: null, plan, ...(variant && { variant }) });
  return address.href;
}
