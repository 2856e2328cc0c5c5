import { gapMs } from '../bench/gaps.ts';
import { formatMs } from '../bench/number.ts';
import type { CaseResult, Run } from '../bench/result.ts';
import { summarizeCase, validRuns } from '../bench/summary.ts';

/** What the clock of a result cannot have told, for times must lie on the grid of its steps. A plain sentence, or none. */
export function stampsOffGrid(result: CaseResult, stepMs: number): string[] {
  const timerStepMs = roundStep(stepMs);
  if (timerStepMs === 0) return [];
  if (result.runs.every((run) => stampsOf(run).every((ms) => isOnGrid(ms, timerStepMs)))) return [];
  const { name } = result.case;
  return [`${name} has times between the steps of its clock, which are ${formatMs(timerStepMs)}.`];
}

/** The same of gaps between tokens, where a link has only their histogram. */
export function gapsOffGrid(result: CaseResult, stepMs: number): string[] {
  const timerStepMs = roundStep(stepMs);
  if (timerStepMs === 0 || !strayBin(result, timerStepMs)) return [];
  const { name } = result.case;
  return [
    `${name} has gaps between tokens that its clock, in steps of ${formatMs(timerStepMs)}, cannot tell.`,
  ];
}

/** Differences of floats: 0.1 ms is told as 0.09999990463. */
function roundStep(stepMs: number): number {
  return Math.round(stepMs * 1000) / 1000;
}

/** All of one run. A link writes them in steps of its clock, so only a record can have others. */
function stampsOf({ worker, page }: Run): number[] {
  const seen = page ? [page.firstTextMs, page.lastTextMs, page.endMs] : [];
  return [...(worker?.tokensMs ?? []), ...(worker ? [worker.endMs] : []), ...seen].filter(
    (ms) => ms !== null,
  );
}

/** The clock's step is the smallest of a few that were seen, each of which may have been two. */
const MISSED_STEPS = 2;
/** Stamps, and a step that is no round number, are kept to half a microsecond, ms. */
const ROUNDED_MS = 0.0005;

function isOnGrid(ms: number, timerStepMs: number): boolean {
  const step = timerStepMs / MISSED_STEPS;
  const steps = Math.round(ms / step);
  const slackMs = ROUNDED_MS * (isRound(timerStepMs) ? 3 : 3 + steps);
  return Math.abs(ms - steps * step) <= slackMs;
}

/** Most browsers choose 5, 20, 100 or 1000 µs; but 16.667 ms is the rounded third of 50. */
function isRound(timerStepMs: number): boolean {
  const stepUs = Math.round(timerStepMs * 1000);
  return 1000 % stepUs === 0 || stepUs % 1000 === 0;
}

/** Bins are 15 % wide; a link tells the time per token to 0.1 %. */
const BIN = { half: 2 ** 0.1, slack: 1.01 };

/** Whether a bin of the histogram holds gaps though no multiple of the step lies in it. The outer two are open. */
function strayBin(result: CaseResult, timerStepMs: number): boolean {
  const { gapCounts } = result;
  const tpotMs = gapCounts && validRuns(result).length > 0 ? summarizeCase(result).tpotMs : null;
  if (!gapCounts || !tpotMs) return false;
  const step = timerStepMs / MISSED_STEPS;
  return gapCounts.some((count, bin) => {
    if (count === 0 || bin === 0 || bin === gapCounts.length - 1) return false;
    const middleMs = gapMs(bin, tpotMs.median);
    const width = BIN.half * BIN.slack;
    return Math.floor((middleMs * width) / step) < Math.ceil(middleMs / width / step);
  });
}
