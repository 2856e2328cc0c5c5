import { timesOf } from '../bench/plan.ts';
import type { BenchStep } from './measuring.ts';

/** Where a benchmark is, in words: "tg128: run 3 of at most 10". */
export function stepText(step: BenchStep | null): string {
  if (!step?.case) return 'Checking the answers of the model';
  const { plan, warmup, number } = step;
  const { minRuns, maxRuns } = timesOf(plan, step.case);
  const most = minRuns === maxRuns ? `of ${maxRuns}` : `of at most ${maxRuns}`;
  return `${step.case.name}: ${warmup ? 'warm-up' : `run ${number} ${most}`}`;
}

/** How much of the most runs of a case is over. Cases take turns: those before the one in hand had their run of this round. */
export function shareOf({ plan, case: current, warmup, number, done }: BenchStep, index: number): number {
  if (!current) return 0;
  if (done.includes(plan.cases[index]!.name)) return 1;
  const { warmups, maxRuns } = timesOf(plan, plan.cases[index]!);
  const hadTurn = index < plan.cases.indexOf(current);
  const over = number - (hadTurn ? 0 : 1) + (warmup ? 0 : warmups);
  return Math.min(1, over / (warmups + maxRuns));
}
