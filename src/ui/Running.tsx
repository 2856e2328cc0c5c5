import { cancelMeasuring } from '../state/benchmark.ts';
import { meaning } from '../state/report.ts';
import { benchStep, type BenchStep } from '../state/measuring.ts';
import { shareOf, stepText } from '../state/step.ts';
import css from './Benchmark.module.css';
import { Button } from './parts/Button.tsx';

/** Nothing in here moves while a run is timed: it is drawn anew between runs only. */
export function Running() {
  const step = benchStep.value;
  return (
    <section class={css.running} aria-label="Measuring">
      <div>
        <output class={css.now}>{stepText(step)}</output>
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
