import type { AdapterFacts } from '../engine/engine.ts';
import { contextNeeded, expect, type Plan, type Rates } from './plan.ts';
import { refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { summarize } from './summary.ts';

/** What a plan costs in time, told before it starts. */
export interface Cost {
  /** With the fewest runs. */
  leastMs: number;
  mostMs: number;
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
  const known = results.filter(
    (result) => result.model.variant === variant && isSame(result.adapter, facts) && !refusal(result),
  );
  const summaries = known.flatMap(summarize);
  const prefillTps = summaries.find(({ prefillTps: found }) => found)?.prefillTps?.median;
  const decodeTps = summaries.find(({ decodeTps: found }) => found)?.decodeTps?.median;
  return prefillTps && decodeTps ? { prefillTps, decodeTps } : null;
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
