import { useEffect } from 'preact/hooks';
import {
  bench,
  benchFailure,
  benchStep,
  cancelMeasuring,
  isMeasuring,
  measureModel,
} from '../state/benchmark.ts';
import { forgetResult, history, restoreHistory } from '../state/history.ts';
import { isOpening, session, target } from '../state/session.ts';
import { route } from '../state/route.ts';
import css from './Benchmark.module.css';
import { History } from './History.tsx';
import { Button } from './parts/Button.tsx';
import { Failure } from './parts/Failure.tsx';
import { Report } from './Report.tsx';
import { RunDemo } from './RunDemo.tsx';

/** Measurements: the one that runs, the one that is looked at, and all that were made on this device. */
export function Benchmark() {
  useEffect(() => void restoreHistory(), []);
  return (
    <div class={css.page}>
      <Top />
      {isMeasuring.value ? <Running /> : <Shown />}
      {!isMeasuring.value && <History />}
    </div>
  );
}

function Top() {
  return (
    <div class={css.top}>
      <div>
        <h1 tabIndex={-1}>Results</h1>
        <p>
          The answers are checked first. Then prefill (reading) and decode (writing) are timed beside the GPU:
          one warm-up, three runs, medians.
        </p>
      </div>
      {!isMeasuring.value && <Start />}
    </div>
  );
}

function Start() {
  const model = target.value?.model.name;
  if (session.value === 'ready') {
    return (
      <div>
        <Button look="primary" onClick={() => void measureModel()} describedBy="measured-model">
          Measure
        </Button>
        <p id="measured-model">{model}</p>
      </div>
    );
  }
  if (session.value === 'busy' || isOpening.value)
    return <p>{model} is busy. It can be measured when it is ready.</p>;
  return (
    <div>
      <RunDemo />
    </div>
  );
}

/** Nothing in here moves while a run is timed: it is drawn anew between runs only. */
function Running() {
  const step = benchStep.value;
  const now = step?.case
    ? `${step.case.name}: ${step.warmup ? 'warm-up' : `run ${step.number} of ${step.plan.maxRuns}`}`
    : 'Checking the answers of the model';
  return (
    <section class={css.running} aria-label="Measuring">
      <output class={css.now}>{now}</output>
      <div class={css.ticks} aria-hidden="true">
        {Array.from({ length: step?.all ?? 8 }, (_, index) => (
          <span
            key={index}
            data-done={step?.case ? index < step.done : false}
            data-now={step?.case ? index === step.done : false}
          />
        ))}
      </div>
      <p class={css.note}>
        Keep this tab in front. The page stands still while a run is timed, so that it takes nothing from it.
      </p>
      <div>
        <Button onClick={cancelMeasuring}>Cancel</Button>
      </div>
    </section>
  );
}

function Shown() {
  const error = benchFailure.value;
  const wanted = route.value.page === 'measure' ? route.value.result : null;
  const entry = history.value.find(({ id }) => id === wanted) ?? history.value[0];
  return (
    <>
      {bench.value === 'failed' && error && (
        <Failure code={error.code} message={error.message} hint={error.hint} detail={error.detail}>
          {session.value === 'ready' && <Button onClick={() => void measureModel()}>Try again</Button>}
        </Failure>
      )}
      {entry && (
        <Report key={entry.id} result={entry.result}>
          <Button look="quiet" onClick={() => forgetResult(entry.id)}>
            Delete
          </Button>
        </Report>
      )}
    </>
  );
}
