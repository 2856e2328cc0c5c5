import { ratioOf, speedsOf, type Ratio } from './compare-ratio.ts';
import { adapterName } from './format.ts';
import { writePlan } from './plan.ts';
import { refusal } from './refusal.ts';
import type { CaseResult, Result } from './result.ts';
import { leading, mainFigure, summarize, summarizeCase, type Figure } from './summary.ts';
import { thinkingText } from './thinking.ts';

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
  /** What thinking cost, in a sentence, where the case is about it; one for each result. */
  thinking: (string | null)[];
  /** To the first result's figure; null for that one itself, and where one of the two is missing. */
  ratios: (Ratio | null)[];
}

export interface Difference {
  term: string;
  /** One for each result. */
  values: string[];
}

export function compare(results: Result[]): Comparison {
  const allowed = results.map((result) => (refusal(result) ? [] : result.cases));
  const names = [...new Set(allowed.flat().map((one) => one.case.name))];
  const differences = differ(results);
  const cases = names.map((name) => compareCase(name, allowed));
  return {
    cases: cases.filter(({ figures }) => figures.some(Boolean)),
    differences,
    conclusion: conclude(differences),
  };
}

function compareCase(name: string, results: CaseResult[][]): ComparedCase {
  const found = results.map((cases) => cases.find((one) => one.case.name === name) ?? null);
  const speeds = found.map((one) => (one ? speedsOf(one) : []));
  const [base = []] = speeds;
  const summaries = found.map((one) => one && summarizeCase(one));
  return {
    name,
    figures: summaries.map((one) => one && mainFigure(one)),
    thinking: summaries.map((one) => one && thinkingText(one)),
    ratios: speeds.map((own, at) =>
      at > 0 && own.length > 0 && base.length > 0 ? ratioOf(own, base) : null,
    ),
  };
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
  const name = leading(summarize(result))?.case.name;
  const [own, before] = [result, earlier].map(({ cases }) => {
    const found = cases.find((one) => one.case.name === name);
    return found ? speedsOf(found) : [];
  }) as [number[], number[]];
  if (name === undefined || own.length === 0 || before.length === 0) return null;
  const ratio = ratioOf(own, before);
  const { interval, value } = ratio;
  const isClear = interval !== null && (interval.low > 1 || interval.high < 1);
  if (!isClear || Math.abs(value - 1) < LEAST_MOVE) return null;
  const told = ['Browser', 'Engine', 'App'];
  const differences = differ([earlier, result]).filter(({ term }) => told.includes(term));
  return { name, ratio, differences };
}
