import type { AdapterFacts } from '../engine/engine.ts';
import { contextNeeded, timesOf, type Case, type Plan } from './plan.ts';
import { refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { summarizeCase, type Figure } from './summary.ts';
import { warmupTokens } from './thinking.ts';

/** What a plan costs in time, told before it starts. */
export interface Cost {
  /** With the fewest runs. */
  leastMs: number;
  mostMs: number;
}

/** Speeds to reckon with, in tokens per second. */
export interface Rates {
  prefillTps: number;
  decodeTps: number;
}

/** How long a plan takes at these speeds, in ms: with the fewest and with the most runs. Loading is not included. */
export function expect(plan: Plan, rates: Rates): Cost {
  const costs = plan.cases.map((c) => expectCase(c, plan, rates));
  const sum = (key: keyof Cost) => costs.reduce((ms, cost) => ms + cost[key], 0);
  return { leastMs: sum('leastMs'), mostMs: sum('mostMs') };
}

/** Tokens that a small model writes down over an easy sum before it answers: an assumption, to have a lower end. */
const USUAL_THOUGHT = 300;

function expectCase(c: Case, plan: Plan, rates: Rates): Cost {
  const { warmups, minRuns, maxRuns } = timesOf(plan, c);
  const runMs = (tokens: number) => expectRun(c, tokens, rates);
  const most = c.generateTokens;
  const least = c.kind === 'think' ? Math.min(USUAL_THOUGHT, most) : most;
  const warmMs = warmups * runMs(warmupTokens(c) ?? most);
  return { leastMs: warmMs + minRuns * runMs(least), mostMs: warmMs + maxRuns * runMs(most) };
}

function expectRun(c: Case, tokens: number, rates: Rates): number {
  const prefilled = c.depth + Math.max(1, c.promptTokens ?? 64);
  return (1000 * prefilled) / rates.prefillTps + (1000 * tokens) / rates.decodeTps;
}

/** Cases that the model has no room for; they are left out, with the reason in their rows. */
export function tooLong(plan: Plan, contextTokens: number): string[] {
  return plan.cases.filter((c) => contextNeeded(c) > contextTokens).map(({ name }) => name);
}

/** Tokens that the check before the runs reads and writes, roughly (`bench/check.ts`). */
const CHECK = { read: 400, written: 130 };

/** How long a plan takes, in ms, the check included and the cases left out that do not fit. */
export function timeOf(plan: Plan, rates: Rates, contextTokens: number): Cost {
  const cases = plan.cases.filter((c) => contextNeeded(c) <= contextTokens);
  const { leastMs, mostMs } = expect({ ...plan, cases }, rates);
  const checkMs = (1000 * CHECK.read) / rates.prefillTps + (1000 * CHECK.written) / rates.decodeTps;
  return { leastMs: leastMs + checkMs, mostMs: mostMs + checkMs };
}

/** The speeds of a variant on an adapter by the newest results that tell them; null when none does. */
export function ratesOf(results: readonly Result[], variant: string, facts: AdapterFacts): Rates | null {
  let [prefillTps, decodeTps]: (number | null)[] = [null, null];
  for (const result of results) {
    if (result.model.variant !== variant || !isSame(result.adapter, facts) || refusal(result)) continue;
    prefillTps ??= firstSpeed(result, 'prefillTps')?.median ?? null;
    decodeTps ??= firstSpeed(result, 'decodeTps')?.median ?? null;
    if (prefillTps && decodeTps) return { prefillTps, decodeTps };
  }
  return null;
}

/** A result's speed by the first of its cases that tells one. Summing up resamples a case, so it stops there. */
export function firstSpeed({ cases }: Result, key: keyof Rates): Figure | null {
  for (const c of cases) {
    const figure = summarizeCase(c)[key];
    if (figure) return figure;
  }
  return null;
}

/**
 * Prefill against decode where nothing was measured: prompts are read so many times as fast as text is written, by published
 * results of web-llm on laptops and desktops. An assumption, and a wide one.
 */
const PREFILL_TIMES = { least: 5, most: 25 };

/** How long a plan takes at a decode speed that is only predicted. */
export function timeExpected(
  plan: Plan,
  { lowTps, highTps }: { lowTps: number; highTps: number },
  contextTokens: number,
): Cost {
  const at = (decodeTps: number, times: number) =>
    timeOf(plan, { decodeTps, prefillTps: times * decodeTps }, contextTokens);
  return {
    leastMs: at(highTps, PREFILL_TIMES.most).leastMs,
    mostMs: at(lowTps, PREFILL_TIMES.least).mostMs,
  };
}

/** What tells adapters apart, as far as browsers tell. */
export type Identity = Pick<AdapterFacts, 'vendor' | 'architecture' | 'device' | 'description' | 'software'>;

/** Whether two adapters are the same one. */
export function isSame(a: Identity, b: Identity): boolean {
  const parts = ['vendor', 'architecture', 'device', 'description'] as const;
  return a.software === b.software && parts.every((part) => a[part] === b[part]);
}

/** A time to come, no finer than it can be known: 8 s, 40 to 70 s, 2 to 5 min. */
export function lasting({ leastMs, mostMs }: Cost): string {
  const unit = mostMs < 100_000 ? { ms: 1000, name: 's' } : { ms: 60_000, name: 'min' };
  const [least, most] = [leastMs, mostMs].map((ms) => coarse(ms / unit.ms));
  return least === most ? `${most} ${unit.name}` : `${least} to ${most} ${unit.name}`;
}

/** Whole up to 10, fives up to 100, tens above. */
function coarse(value: number): number {
  const step = value < 10 ? 1 : value < 100 ? 5 : 10;
  return Math.max(1, Math.ceil(value / step) * step);
}
