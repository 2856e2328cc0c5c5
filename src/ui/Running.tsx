import { timesOf } from '../bench/plan.ts';
import { cancelMeasuring } from '../state/benchmark.ts';
import { meaning } from '../state/report.ts';
import { benchStep, type BenchStep } from '../state/measuring.ts';
import css from './Benchmark.module.css';
import { Button } from './parts/Button.tsx';

/** Nothing in here moves while a run is timed: it is drawn anew between runs only. */
export function Running() {
  const step = benchStep.value;
  return (
    <section class={css.running} aria-label="Measuring">
      <div>
        <output class={css.now}>{now(step)}</output>
        <p class={css.note}>{step?.case ? meaning(step.case) : 'Only right answers are timed.'}</p>
      </div>
      {step && <Track step={step} />}
      <p class={css.note}>
        Keep this tab in front. The page stands still while a run is timed, so that it takes nothing from it.
        Cancel keeps what is finished.
      </p>
      <div>
        <Button onClick={cancelMeasuring}>Cancel</Button>
      </div>
    </section>
  );
}

function now(step: BenchStep | null): string {
  if (!step?.case) return 'Checking the answers of the model';
  const { plan, warmup, number } = step;
  const { minRuns, maxRuns } = timesOf(plan, step.case);
  const most = minRuns === maxRuns ? `of ${maxRuns}` : `of at most ${maxRuns}`;
  return `${step.case.name}: ${warmup ? 'warm-up' : `run ${number} ${most}`}`;
}

/** One bar for each case. A case may need fewer runs than it is allowed, so its bar may end early. */
function Track({ step }: { step: BenchStep }) {
  const { plan, case: current } = step;
  return (
    <ol class={css.track}>
      {plan.cases.map(({ name }, index) => (
        <li key={name} aria-current={name === current?.name ? 'step' : undefined}>
          <span class={css.rail} aria-hidden="true">
            <span style={{ transform: `scaleX(${shareOf(step, index)})` }} />
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}

/** How much of the most runs of a case is over. Cases take turns: those before the one in hand had their run of this round. */
function shareOf({ plan, case: current, warmup, number, done }: BenchStep, index: number): number {
  if (!current) return 0;
  if (done.includes(plan.cases[index]!.name)) return 1;
  const { warmups, maxRuns } = timesOf(plan, plan.cases[index]!);
  const hadTurn = index < plan.cases.indexOf(current);
  const over = number - (hadTurn ? 0 : 1) + (warmup ? 0 : warmups);
  return Math.min(1, over / (warmups + maxRuns));
}
