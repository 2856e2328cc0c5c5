import { adapterName } from './format.ts';
import { writePlan } from './plan.ts';
import { refusal } from './refusal.ts';
import type { Result } from './result.ts';
import type { Interval } from './stats.ts';
import { leading, mainFigure, summarize, type Figure } from './summary.ts';

/** Two or more results side by side: the first is what the others are compared with. */
export interface Comparison {
  cases: ComparedCase[];
  /** What was not the same; the times of day apart. */
  differences: Difference[];
  /** What may be concluded from that, in one sentence. */
  conclusion: string;
}

export interface ComparedCase {
  name: string;
  /** One for each result; null where it has no figure. */
  figures: (Figure | null)[];
  /** To the first result's figure; null for that one itself, and where one of the two is missing. */
  ratios: (Ratio | null)[];
}

/** How many times as fast. */
export interface Ratio {
  value: number;
  /** About 95 %; null where one of the two rests on a single run. */
  interval: Interval | null;
}

export interface Difference {
  term: string;
  /** One for each result. */
  values: string[];
}

export function compare(results: Result[]): Comparison {
  const summaries = results.map((result) => (refusal(result) ? [] : summarize(result)));
  const names = [...new Set(summaries.flat().map((summary) => summary.case.name))];
  const differences = differ(results);
  const cases = names.map((name) => {
    const figures = summaries.map((list) => {
      const found = list.find((summary) => summary.case.name === name);
      return found ? mainFigure(found) : null;
    });
    const ratios = figures.map((figure, at) =>
      at > 0 && figure && figures[0] ? ratio(figure, figures[0]) : null,
    );
    return { name, figures, ratios };
  });
  return {
    cases: cases.filter(({ figures }) => figures.some(Boolean)),
    differences,
    conclusion: conclude(differences),
  };
}

/**
 * On the scale of logarithms, where a ratio is a difference, the half widths of the two intervals add as squares: the
 * errors are independent. So the ratio the other way round has the reciprocal interval.
 */
export function ratio(figure: Figure, base: Figure): Ratio {
  const value = figure.median / base.median;
  if (!figure.interval || !base.interval) return { value, interval: null };
  const [own, other] = [halves(figure.median, figure.interval), halves(base.median, base.interval)];
  const low = value * Math.exp(-Math.hypot(own.down, other.up));
  const high = value * Math.exp(Math.hypot(own.up, other.down));
  return { value, interval: { low, high } };
}

function halves(middle: number, { low, high }: Interval): { down: number; up: number } {
  return { down: Math.log(middle / low), up: Math.log(high / middle) };
}

const TERMS: [term: string, tell: (result: Result) => string][] = [
  ['Model', ({ model }) => model.variant],
  ['Context', ({ model }) => `${model.contextTokens} tokens`],
  ['GPU', adapterName],
  ['Browser', ({ browser }) => `${browser.name} ${browser.version}`],
  ['System', ({ browser }) => browser.os],
  ['Engine', ({ engine }) => `${engine.name} ${engine.version}`],
  ['App', ({ app }) => `${app.version} (${app.commit})`],
  ['Plan', ({ plan }) => writePlan(plan)],
  ['Check', ({ check }) => (check ? `${check.kind}, ${check.verdict}` : 'none')],
];

function differ(results: Result[]): Difference[] {
  const all = TERMS.map(([term, tell]) => ({ term, values: results.map(tell) }));
  return all.filter(({ values }) => new Set(values).size > 1);
}

function conclude(differences: Difference[]): string {
  const terms = differences.map(({ term }) => term.toLowerCase().replace('gpu', 'GPU'));
  const [only] = terms;
  if (only === undefined)
    return 'All that is recorded is the same, so what differs is chance, warmth, or what else the machine did.';
  if (terms.length === 1)
    return `Only the ${only} differs, so what the intervals do not explain is its effect.`;
  const list = `${terms.slice(0, -1).join(', ')} and ${terms.at(-1)}`;
  return `The ${list} differ, so a ratio cannot be put down to any one of them.`;
}

/** How a result moved against an earlier one of the same machine and model. */
export interface Change {
  /** Of the case that speaks for the later result. */
  name: string;
  ratio: Ratio;
  /** Browser, engine or app, where they changed in between. */
  differences: Difference[];
}

/** Smaller moves are nothing to speak of, even where the intervals tell them from chance. */
const LEAST_MOVE = 0.03;

/** Null where the two share no case, or where the move may be chance. */
export function changeSince(result: Result, earlier: Result): Change | null {
  if (refusal(result) || refusal(earlier)) return null;
  const speaks = leading(summarize(result));
  const figure = speaks && mainFigure(speaks);
  const before = summarize(earlier).find((summary) => summary.case.name === speaks?.case.name);
  const base = before && mainFigure(before);
  if (!speaks || !figure || !base) return null;
  const found = ratio(figure, base);
  const { interval, value } = found;
  const isClear = interval !== null && (interval.low > 1 || interval.high < 1);
  if (!isClear || Math.abs(value - 1) < LEAST_MOVE) return null;
  const told = ['Browser', 'Engine', 'App'];
  const differences = differ([earlier, result]).filter(({ term }) => told.includes(term));
  return { name: speaks.case.name, ratio: found, differences };
}
