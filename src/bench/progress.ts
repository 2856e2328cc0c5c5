import { isSame } from './cost.ts';
import { median } from './stats.ts';
import { refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { mainFigure, summarize, type Figure } from './summary.ts';

/** One case of one model on one adapter, over all results that measured it. */
export interface Progress {
  /** Of the case. */
  name: string;
  variant: string;
  /** Oldest first. */
  steps: Step[];
}

export interface Step {
  result: Result;
  figure: Figure;
  /** Clearly slower than the median of those before it: by more than chance and by more than a trifle. */
  isSlower: boolean;
  /** To that median; null for the first one. */
  ratio: number | null;
}

/** Slower by less than this is nothing to speak of. */
const LEAST_LOSS = 0.05;
/** Before so many results there is no median to speak of. */
const LEAST_BEFORE = 3;

/**
 * How a machine's speed went over time: one line for each case that was measured at least twice with the same model as the
 * newest result, on the same adapter.
 * @param results newest first
 */
export function progressOf(results: readonly Result[]): Progress[] {
  const newest = results.find((result) => !refusal(result));
  if (!newest) return [];
  const alike = results
    .filter((one) => !refusal(one) && one.model.variant === newest.model.variant)
    .filter((one) => isSame(one.adapter, newest.adapter))
    .sort((a, b) => (a.startedUtc < b.startedUtc ? -1 : 1));
  // How fast it thinks is how fast it writes.
  const names = newest.cases.filter(({ case: c }) => c.kind !== 'think').map(({ case: c }) => c.name);
  return names
    .map((name) => ({ name, variant: newest.model.variant, steps: stepsOf(name, alike) }))
    .filter(({ steps }) => steps.length > 1);
}

function stepsOf(name: string, results: Result[]): Step[] {
  const steps: Step[] = [];
  for (const result of results) {
    const found = summarize(result).find((summary) => summary.case.name === name);
    const figure = found && mainFigure(found);
    if (figure) steps.push({ result, figure, ...compared(figure, steps) });
  }
  return steps;
}

function compared(figure: Figure, before: Step[]): Pick<Step, 'isSlower' | 'ratio'> {
  if (before.length === 0) return { isSlower: false, ratio: null };
  const usual = median(before.map((step) => step.figure.median));
  const ratio = figure.median / usual;
  const isClear = (figure.interval?.high ?? figure.median) < usual;
  return { ratio, isSlower: before.length >= LEAST_BEFORE && isClear && ratio < 1 - LEAST_LOSS };
}

/** What of browser and engine is new with a step, e.g. "Chromium 157"; null when nothing is. */
export function newSince(step: Step, before: Step | undefined): string | null {
  if (!before) return null;
  const told = [browserOf, engineOf].flatMap((tell) =>
    tell(step.result) === tell(before.result) ? [] : [tell(step.result)],
  );
  return told.length > 0 ? told.join(', ') : null;
}

export function browserOf({ browser }: Result): string {
  return `${browser.name} ${browser.version}`;
}

export function engineOf({ engine }: Result): string {
  return `${engine.name} ${engine.version}`;
}
