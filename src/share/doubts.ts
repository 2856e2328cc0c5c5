import { figures } from '../bench/measure.ts';
import { formatMs } from '../bench/number.ts';
import { timesOf } from '../bench/plan.ts';
import { CACHED_BYTES, refusal } from '../bench/refusal.ts';
import type { CaseResult, Result, Run } from '../bench/result.ts';
import { summarize, validRuns, type Summary } from '../bench/summary.ts';
import { gapsOffGrid, stampsOffGrid } from './grid.ts';

/** The same thing that cannot be, once for each case in which it was seen, in plain sentences. */
export type Doubt = [first: string, ...others: string[]];

/** A result that somebody else reports may be made up or garbled: what in it cannot be. Empty if nothing. */
export function doubts(result: Result, nowMs: number): Doubt[] {
  const summaries = summarize(result);
  const stepMs = result.timerStepMs;
  const everyCase = (find: (c: CaseResult) => string[]) => result.cases.flatMap(find);
  const alike = [
    doubtOrder(summaries, stepMs ?? 1),
    doubtWeights(result, summaries),
    doubtStart(summaries),
    everyCase((c) => doubtFewness(result, c)),
    everyCase((c) => doubtMany(result, c)),
    everyCase((c) => doubtPage(result, c)),
    everyCase((c) => (stepMs === null ? [] : stampsOffGrid(c, stepMs))),
    everyCase((c) => (stepMs === null ? [] : gapsOffGrid(c, stepMs))),
  ];
  const whole = [...doubtWhole(result, nowMs), ...doubtSpread(result)];
  return [...whole.map((text) => [text]), ...alike].filter(isSome);
}

function isSome(texts: string[]): texts is Doubt {
  return texts.length > 0;
}

const DAY_MS = 86_400_000;
/** As in `bench/check.ts`: a golden check passes with this share of tokens. */
const GOLDEN_SHARE = 0.95;

function doubtWhole(result: Result, nowMs: number): string[] {
  const { startedUtc, check, model, adapter, cases, plan, aborted } = result;
  const found: string[] = [];
  const refused = refusal(result);
  if (refused && check?.verdict !== 'fail') found.push(refused.message);
  if (Date.parse(startedUtc) > nowMs + DAY_MS) found.push('It says that it was measured in the future.');
  if (check && check.agreeing > check.total) found.push('More tokens of its check agree than were compared.');
  if (check?.kind === 'golden' && check.verdict === 'pass' && check.agreeing < GOLDEN_SHARE * check.total)
    found.push(`Its check passed with only ${check.agreeing} of ${check.total} tokens right.`);
  if (model.quantization.includes('f16') && !adapter.features.includes('shader-f16'))
    found.push(
      `The model computes in 16-bit floats (${model.quantization}), which the GPU named here cannot.`,
    );
  if (!aborted && cases.length < plan.cases.length && check?.verdict !== 'fail')
    found.push('Cases of its plan are missing, though it was not ended early.');
  return found;
}

/** A longer prompt cannot be read in less time than a shorter one of the same depth. */
function doubtOrder(summaries: Summary[], stepMs: number): string[] {
  const read = summaries.flatMap(({ case: c, ttftMs }) =>
    c.kind === 'pp' && ttftMs ? [{ ...c, ms: ttftMs.median, tokens: c.promptTokens ?? 0 }] : [],
  );
  return read.flatMap((long) =>
    read
      .filter(
        (short) =>
          short.depth === long.depth && short.tokens < long.tokens && short.ms > 2 * (long.ms + stepMs),
      )
      .map((short) => `${long.name} was read sooner than ${short.name}, which is shorter.`),
  );
}

/** Bandwidth is measured to within a few percent, and the GPU's clock may rise within a plan. */
const SLACK = 1.25;
/** A decode step of a long answer reads more context than a short prompt does. */
const SHORT_TOKENS = 512;

/** Prefill reads all weights at least once. */
function doubtWeights({ model, bandwidth }: Result, summaries: Summary[]): string[] {
  const bytes = model.bytesPerToken ?? 0;
  const readMs = bandwidth && bytes >= CACHED_BYTES ? (1000 * bytes) / bandwidth.bytesPerS : 0;
  return summaries.flatMap((summary) =>
    summary.ttftMs && SLACK * summary.ttftMs.median < readMs
      ? [
          `${cameAfter(summary)}, but reading the weights once takes ${formatMs(readMs)} at the bandwidth told.`,
        ]
      : [],
  );
}

function cameAfter({ case: c, ttftMs }: Summary): string {
  return `${c.name}: the first token came after ${formatMs(ttftMs?.median ?? 0)}`;
}

/** Prefill computes no less than the step that makes one more token. */
function doubtStart(summaries: Summary[]): string[] {
  const steps = summaries.filter(({ case: c }) => c.generateTokens <= SHORT_TOKENS && c.depth === 0);
  const stepMs = Math.min(...steps.flatMap(({ tpotMs }) => tpotMs?.median ?? []));
  if (!Number.isFinite(stepMs)) return [];
  return summaries.flatMap((summary) =>
    summary.ttftMs && 2 * summary.ttftMs.median < stepMs
      ? [
          `${cameAfter(summary)}, much sooner than each of the others (${formatMs(stepMs)}), though it takes more work.`,
        ]
      : [],
  );
}

function doubtFewness({ plan, aborted }: Result, c: CaseResult): string[] {
  const { minRuns } = timesOf(plan, c.case);
  const { length } = validRuns(c);
  if (c.stopped || aborted || length >= minRuns) return [];
  return [`${c.case.name} has ${length} runs where its plan takes at least ${minRuns}.`];
}

function doubtMany({ plan }: Result, c: CaseResult): string[] {
  const isMore = validRuns(c).length > timesOf(plan, c.case).maxRuns;
  return isMore ? [`${c.case.name} has more runs than its plan takes.`] : [];
}

function doubtPage({ timerStepMs }: Result, c: CaseResult): string[] {
  const timed = c.runs.filter((run) => !run.warmup);
  if (!timed.some((run) => precedes(run, timerStepMs ?? 1))) return [];
  return [`${c.case.name}: the page had the answer before the GPU had made it.`];
}

/** The page sends before the worker receives, so on its own clock everything comes later; each time is off by up to a step. */
function precedes({ invalid, worker, page }: Run, timerStepMs: number): boolean {
  return !invalid && worker !== null && page !== null && page.endMs < worker.endMs - 2 * timerStepMs - 1;
}

/** Runs that are enough to differ, and the steps of the clock in each: a link keeps one part in two thousand of them. */
const SPREAD = { runs: 5, steps: 2000, cases: 2 };

/** One case may be steady beyond what a link can tell, but not every one. */
function doubtSpread({ cases, timerStepMs }: Result): string[] {
  const totals = cases
    .map((c) => validRuns(c).map((run) => figures(run).totalMs ?? 0))
    .filter((all) => all.length >= SPREAD.runs && Math.min(...all) >= SPREAD.steps * (timerStepMs ?? 1));
  const isFlat = totals.every((all) => new Set(all).size === 1);
  if (!isFlat || totals.length < SPREAD.cases) return [];
  return ['In each case all runs took the very same time, which real runs do not.'];
}
