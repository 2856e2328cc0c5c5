import { figures } from '../bench/measure.ts';
import { refusal } from '../bench/refusal.ts';
import type { CaseResult, Result, Run } from '../bench/result.ts';
import { summarize, validRuns } from '../bench/summary.ts';

/** A result that somebody else reports may be made up or garbled: what in it cannot be, in plain sentences. Empty if nothing. */
export function doubts(result: Result, nowMs: number): string[] {
  return [
    ...doubtWhole(result, nowMs),
    ...doubtOrder(result),
    ...result.cases.flatMap((c) => doubtCase(result, c)),
  ];
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

/** A longer prompt cannot be read in less time than a shorter one of the same depth, nor a prompt sooner than it is read. */
function doubtOrder(result: Result): string[] {
  const read = summarize(result).flatMap(({ case: c, ttftMs }) =>
    c.kind === 'pp' && ttftMs ? [{ ...c, ms: ttftMs.median, tokens: c.promptTokens ?? 0 }] : [],
  );
  return read.flatMap((long) =>
    read
      .filter((short) => short.depth === long.depth && short.tokens < long.tokens && short.ms > 1.5 * long.ms)
      .map((short) => `${long.name} was read sooner than ${short.name}, which is shorter.`),
  );
}

function doubtCase(result: Result, c: CaseResult): string[] {
  const { plan, timerStepMs } = result;
  const { name } = c.case;
  const timed = c.runs.filter((run) => !run.warmup);
  const valid = validRuns(c);
  const found: string[] = [];
  if (!c.stopped && !result.aborted && valid.length < plan.minRuns)
    found.push(`${name} has ${valid.length} runs where its plan takes at least ${plan.minRuns}.`);
  if (valid.length > plan.maxRuns) found.push(`${name} has more runs than its plan takes.`);
  if (timed.some((run) => precedes(run, timerStepMs ?? 1)))
    found.push(`${name}: the page had the answer before the GPU had made it.`);
  if (valid.length >= 5 && new Set(valid.map((run) => figures(run).totalMs)).size === 1)
    found.push(`${name}: all ${valid.length} runs took the very same time, which real runs do not.`);
  return found;
}

/** The page sends before the worker receives, so on its own clock everything comes later. */
function precedes({ invalid, worker, page }: Run, slackMs: number): boolean {
  return !invalid && worker !== null && page !== null && page.endMs < worker.endMs - slackMs - 1;
}
