import { headline, figures } from './measure.ts';
import { formatMs, formatNumber, formatShare } from './number.ts';
import { isDefault, STANDARD, type Plan } from './plan.ts';
import type { CaseResult, ReasonCode, Result } from './result.ts';
import { drift, firstExcess, median, outliers, spread } from './stats.ts';
import { summarizeCase, validRuns, type Summary } from './summary.ts';

/** A doubt about a result, in plain words, with what to do about it. */
export interface Finding {
  code: FindingCode;
  /** What was seen, with its numbers. */
  text: string;
  /** What to do next. */
  next: string;
}

export type FindingCode =
  | 'software-adapter'
  | 'on-battery'
  | 'downloading'
  | 'unchecked'
  | 'aborted'
  | 'case-stopped'
  | 'runs-invalid'
  | 'few-runs'
  | 'noisy'
  | 'outliers'
  | 'throttling'
  | 'first-run-slow'
  | 'coarse-timer'
  | 'other-settings'
  | 'engine-disagrees'
  | 'counts-disagree'
  | 'clocks-disagree';

const FEW_RUNS = 5;
const NOISY = 0.05;
/** An outlier nearer to the median than this is of no account: equal runs can differ by a step of the clock. */
const ODD = 0.02;
const DECLINE = { change: -0.05, t: -3 };
const SLOW_START = 0.1;
const COARSE = 0.01;
const DISAGREE = 0.05;
/** What web-llm does between two steps, outside of its own figure: stopping, detokenising, streaming (0.2 to 0.7 ms, measured). */
const BETWEEN_STEPS_MS = 0.75;
/** Time that a message between worker and page, and a batch of text, may take. */
const HOP_MS = 50;

/** Everything that should be known before a result is believed; empty when there is no doubt. */
export function findings(result: Result): Finding[] {
  return [...findWhole(result), ...result.cases.flatMap((c) => findCase(result, c))];
}

/** Findings of the same kind, which several cases may share. */
export interface FindingGroup {
  first: Finding;
  /** What was seen of the others; what to do is the same. */
  others: string[];
}

/** Findings by kind, in the order in which the kinds first come. */
export function groupFindings(found: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const one of found) {
    const key = `${one.code} ${one.next}`;
    const group = groups.get(key);
    if (group) group.others.push(one.text);
    else groups.set(key, { first: one, others: [] });
  }
  return [...groups.values()];
}

function findWhole(result: Result): Finding[] {
  const found: Finding[] = [];
  if (result.adapter.software)
    found.push(
      finding(
        'software-adapter',
        'This was computed in software on the processor, not on a GPU.',
        'Turn on hardware acceleration in the browser, or use a browser that reaches the GPU.',
      ),
    );
  if (!result.check)
    found.push(
      finding('unchecked', 'The answers of the model were not checked.', 'Measure again with the check.'),
    );
  if (result.aborted)
    found.push(finding('aborted', 'The plan was ended early.', 'Run it to its end for all cases.'));
  if (result.circumstances.onBattery)
    found.push(
      finding(
        'on-battery',
        'The machine ran on its battery, on which many slow their GPU down.',
        'Plug it in, and measure again.',
      ),
    );
  if (result.circumstances.downloading)
    found.push(
      finding(
        'downloading',
        'The files of a model were fetched or checked meanwhile.',
        'Let downloads here and in other tabs finish, then measure again.',
      ),
    );
  if (!isDefault(result.plan))
    found.push(
      finding(
        'other-settings',
        `These settings are nobody's preset: ${differences(result.plan)}.`,
        'Compare only with results of the same plan.',
      ),
    );
  return found;
}

/** How a plan departs from the Standard preset. */
function differences(plan: Plan): string {
  const parts = [plan.cases.map((c) => c.name).join(', ')];
  if (plan.warmups !== STANDARD.warmups)
    parts.push(`${plan.warmups} warm-ups instead of ${STANDARD.warmups}`);
  if (plan.minRuns !== STANDARD.minRuns || plan.maxRuns !== STANDARD.maxRuns)
    parts.push(
      `${plan.minRuns} to ${plan.maxRuns} runs instead of ${STANDARD.minRuns} to ${STANDARD.maxRuns}`,
    );
  return parts.join('; ');
}

function findCase(result: Result, c: CaseResult): Finding[] {
  const summary = summarizeCase(c);
  const rates = validRuns(c).flatMap((run) => headline(c.case, figures(run)) ?? []);
  const found = [
    findStop(c),
    findInvalid(c),
    findFew(c, rates),
    findNoise(c, rates),
    findOutliers(c, rates),
    findDecline(c, rates),
    findSlowStart(c, rates),
    findCoarseTimer(result, summary),
    findEngine(summary, 'decodeTps'),
    findEngine(summary, 'prefillTps'),
    findCounts(c),
    findClocks(c, summary),
  ];
  return found.filter((one) => one !== null);
}

function findStop({ case: c, stopped }: CaseResult): Finding | null {
  if (!stopped || stopped.code === 'aborted' || stopped.code === 'check-failed') return null;
  const next =
    stopped.code === 'context-full'
      ? 'Choose a case with fewer tokens, or a model with a longer context.'
      : 'Load the model again and measure once more; if it happens again, try a smaller model.';
  return finding('case-stopped', `${c.name} was not measured to its end. ${stopped.message}`, next);
}

const NEXT_BY_REASON: Partial<Record<ReasonCode, string>> = {
  hidden: 'Keep this tab in front while it measures.',
  stalled: 'Close what else is busy on this machine, then measure again.',
};

function findInvalid({ case: c, runs }: CaseResult): Finding | null {
  const invalid = runs.flatMap((run) => (run.invalid && !run.warmup ? run.invalid : []));
  const first = invalid[0];
  if (!first) return null;
  const count = invalid.length === 1 ? 'One run does' : `${invalid.length} runs do`;
  const next =
    NEXT_BY_REASON[first.code] ?? 'Measure again; if it happens again, report it with the exported record.';
  return finding('runs-invalid', `${c.name}: ${count} not count. ${first.message}`, next);
}

function findFew({ case: c }: CaseResult, rates: number[]): Finding | null {
  // Greedy thoughts are the same each time, so a plan runs them less often.
  if (rates.length === 0 || rates.length >= FEW_RUNS || c.kind === 'think') return null;
  const runs = rates.length === 1 ? 'one run, so nothing is known of its spread' : `${rates.length} runs`;
  return finding('few-runs', `${c.name} rests on ${runs}.`, `Choose a plan with at least ${FEW_RUNS} runs.`);
}

function findNoise({ case: c }: CaseResult, rates: number[]): Finding | null {
  const width = spread(rates);
  if (width === null || width <= NOISY) return null;
  const text = `${c.name} is noisy: the median is only known to within ${formatShare(width)}.`;
  return finding('noisy', text, 'Close other tabs and programs, plug the machine in, and measure again.');
}

function findOutliers({ case: c }: CaseResult, rates: number[]): Finding | null {
  const odd = outliers(rates).filter((at) => Math.abs(rates[at]! / median(rates) - 1) > ODD).length;
  if (odd === 0) return null;
  const text = `${c.name}: ${odd} of ${rates.length} runs ${odd === 1 ? 'lies' : 'lie'} far from the others.`;
  return finding('outliers', text, 'Something else may have used the GPU; measure again.');
}

function findDecline({ case: c }: CaseResult, rates: number[]): Finding | null {
  const trend = drift(rates);
  if (!trend || trend.change > DECLINE.change || trend.t > DECLINE.t) return null;
  const text = `${c.name} became ${formatShare(-trend.change)} slower from the first run to the last.`;
  return finding('throttling', text, 'The machine may be too warm or saving power: let it cool, plug it in.');
}

function findSlowStart({ case: c }: CaseResult, rates: number[]): Finding | null {
  const excess = firstExcess(rates.map((rate) => 1 / rate));
  if (excess === null || excess < SLOW_START) return null;
  const text = `${c.name}: the first timed run took ${formatShare(excess)} longer than the others.`;
  return finding('first-run-slow', text, 'Use one more warm-up.');
}

function findCoarseTimer({ timerStepMs }: Result, { case: c, itl, ttftMs }: Summary): Finding | null {
  const shortest = itl?.p50Ms ?? ttftMs?.median;
  if (!timerStepMs || !shortest || timerStepMs <= COARSE * shortest) return null;
  const text = `${c.name}: the browser's clock steps by ${formatMs(timerStepMs)}, ${formatShare(timerStepMs / shortest)} of what is timed.`;
  return finding(
    'coarse-timer',
    text,
    'Trust the rate over the whole run more than single gaps between tokens.',
  );
}

/** The engine times each step from within, so it is a little ahead of our stamps; more than that is a doubt. */
function findEngine(summary: Summary, key: 'decodeTps' | 'prefillTps'): Finding | null {
  const { case: c, ttftMs } = summary;
  const [ours, theirs] = [summary[key], summary.engine[key]];
  if (!ours || !theirs) return null;
  const outsideMs = key === 'decodeTps' ? BETWEEN_STEPS_MS : HOP_MS;
  const tookMs = key === 'decodeTps' ? 1000 / ours.median : (ttftMs?.median ?? Infinity);
  if (Math.abs(theirs.median / ours.median - 1) <= Math.max(DISAGREE, outsideMs / tookMs)) return null;
  const what = key === 'decodeTps' ? '' : ' of prefill';
  const text = `${c.name}: the engine counts ${formatNumber(theirs.median)} tok/s${what}, our stamps say ${formatNumber(ours.median)}.`;
  return finding('engine-disagrees', text, 'Trust the lower figure, and report it with the exported record.');
}

/** The engine leaves the tokens that open a conversation out of its count; more than a few have no such reason. */
const OPENING_TOKENS = 4;

function findCounts(result: CaseResult): Finding | null {
  for (const { promptTokens, completionTokens, usage } of validRuns(result)) {
    const missing = (promptTokens ?? 0) - (usage?.promptTokens ?? promptTokens ?? 0);
    const other = (usage?.completionTokens ?? completionTokens) !== completionTokens;
    if (missing >= 0 && missing <= OPENING_TOKENS && !other) continue;
    const told = `${usage?.promptTokens ?? '?'} + ${usage?.completionTokens ?? '?'}`;
    const text = `${result.case.name}: the engine counts ${told} tokens, we ${promptTokens ?? '?'} + ${completionTokens ?? '?'}.`;
    return finding(
      'counts-disagree',
      text,
      'Do not trust the rates of this case; report it with the exported record.',
    );
  }
  return null;
}

/** The page waits for the worker, so its time is the longer one, by the way of the messages. */
function findClocks({ case: c, runs }: CaseResult, { page }: Summary): Finding | null {
  const late = runs.flatMap((run) => {
    const { totalMs, page: seen } = figures(run);
    return !run.warmup && !run.invalid && totalMs && seen.totalMs ? seen.totalMs - totalMs : [];
  });
  const worst = Math.max(...late);
  const total = page.totalMs?.median ?? 0;
  if (late.length === 0 || (worst <= HOP_MS + 0.02 * total && worst >= -HOP_MS)) return null;
  const text = `${c.name}: the page's clock and the worker's differ by up to ${formatMs(Math.abs(worst))} in a run.`;
  return finding('clocks-disagree', text, 'The page was busy; close other tabs and measure again.');
}

function finding(code: FindingCode, text: string, next: string): Finding {
  return { code, text, next };
}
