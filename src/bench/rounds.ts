import type { Engine } from '../engine/engine.ts';
import { reason } from './measure.ts';
import { contextNeeded, timesOf, type Case } from './plan.ts';
import { isFatal } from './recovery.ts';
import { Repeater, type Setting } from './repeat.ts';
import type { CaseResult, Check, Reason } from './result.ts';

/**
 * Run the cases of a plan in rounds: one run of each case that has not enough yet, warm-ups first, until none is left.
 *
 * Runs of one case are thus spread over the whole plan. A machine that is slower for ten seconds then widens the intervals of
 * all cases a little, instead of moving one case as a whole while its interval stays narrow; so results of the same plan agree
 * more often. Google Benchmark interleaves repetitions for the same reason
 * (https://github.com/google/benchmark/blob/main/docs/random_interleaving.md). The order is fixed: it is part of the plan.
 * @param check a failed one leaves every case without a run
 * @returns the cases that were begun, in the plan's order
 */
export async function runRounds(setting: Setting, check: Check | null): Promise<CaseResult[]> {
  const { observer, signal } = setting.options;
  const cases = setting.plan.cases.map((c) => new Repeater(c, settingOf(c, setting)));
  const begun = new Set<Repeater>();
  for (const one of turns(cases)) {
    if (signal?.aborted) break;
    if (!begun.has(one)) observer?.caseStarted?.(one.c, cases.indexOf(one));
    begun.add(one);
    await takeTurn(one, setting, check);
    if (isOpen(one)) continue;
    observer?.caseFinished?.(one.result());
    if (isFatal(one.result().stopped) && cases.some(isOpen)) await setting.revive();
  }
  for (const one of [...begun].filter(isOpen)) {
    one.end();
    observer?.caseFinished?.(one.result());
  }
  return [...begun].map((one) => one.result());
}

/** The plan with its cases' own numbers of runs. */
function settingOf(c: Case, setting: Setting): Setting {
  return { ...setting, plan: { ...setting.plan, ...timesOf(setting.plan, c) } };
}

/** Round after round, each case that is not done. */
function* turns(cases: readonly Repeater[]): Generator<Repeater> {
  while (cases.some(isOpen)) yield* cases.filter(isOpen);
}

function isOpen(one: Repeater): boolean {
  return !one.isDone();
}

async function takeTurn(one: Repeater, { engine }: Setting, check: Check | null): Promise<void> {
  const forbidden = obstacle(engine, one.c, check);
  if (forbidden) one.stop(forbidden);
  else await one.once();
}

/** What forbids a run of a case. */
function obstacle(engine: Engine, c: Case, check: Check | null): Reason | null {
  if (check?.verdict === 'fail')
    return reason('check-failed', 'The model did not answer correctly here, so no speed is measured.');
  const loaded = engine.describe();
  if (!loaded) return reason('not-loaded', 'The model is gone since an earlier failure.');
  const needed = contextNeeded(c);
  if (needed <= loaded.contextTokens) return null;
  return reason(
    'context-full',
    `It needs ${needed} tokens of context; the model has ${loaded.contextTokens}.`,
  );
}
