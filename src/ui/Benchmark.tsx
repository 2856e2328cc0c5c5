import { useEffect } from 'preact/hooks';
import { forgetResult, history, restoreHistory } from '../state/history.ts';
import { compared, leftOut } from '../state/history-compare.ts';
import { bench, benchFailure, isMeasuring } from '../state/measuring.ts';
import { measureChosen } from '../state/plans.ts';
import { route } from '../state/route.ts';
import { queue } from '../state/queue.ts';
import { restoreReadings, withReading } from '../state/roofline.ts';
import { session } from '../state/session.ts';
import css from './Benchmark.module.css';
import { Comparison } from './Comparison.tsx';
import { ComparisonPaste } from './ComparisonPaste.tsx';
import { History } from './History.tsx';
import { Button } from './parts/Button.tsx';
import { Failure } from './parts/Failure.tsx';
import { Later } from './parts/Later.tsx';
import { Top } from './parts/Top.tsx';
import { Memory } from './Memory.tsx';
import { Report } from './Report.tsx';
import { Running } from './Running.tsx';
import { Start } from './Start.tsx';

const loadProgress = () => import('./Queue.tsx').then(({ QueueProgress }) => QueueProgress);

/** Measurements: the one that runs, the one that is looked at, and all that were made on this device. */
export function Benchmark() {
  useEffect(() => {
    void restoreHistory();
    void restoreReadings();
  }, []);
  return (
    <div class={css.page}>
      <Top title="Results">
        <a href="#/showdown">See them beside published figures</a>
      </Top>
      {queue.value.length > 0 && <Later load={loadProgress} give={{}} />}
      {isMeasuring.value ? (
        <Running />
      ) : (
        <>
          {!isResultAsked() && <Start />}
          {leftOut.value && <output>{leftOut.value}</output>}
          <Shown />
          {isResultAsked() && <Start />}
          <History />
          <ComparisonPaste />
          <Memory />
        </>
      )}
    </div>
  );
}

/** The address names results, as it does after a measurement: they come before what could be measured next. */
function isResultAsked(): boolean {
  const { value } = route;
  return value.page === 'measure' && !value.variant && (value.result !== null || Boolean(value.compare));
}

function Shown() {
  const error = benchFailure.value;
  const wanted = route.value.page === 'measure' ? route.value.result : null;
  useEffect(() => {
    if (wanted !== null) showHeadline();
  }, [wanted]);
  if (compared.value) return <Comparison compared={compared.value} />;
  const entry = history.value.find(({ id }) => id === wanted) ?? history.value[0];
  return (
    <>
      {bench.value === 'failed' && error && (
        <Failure code={error.code} message={error.message} hint={error.hint} detail={error.detail}>
          {session.value === 'ready' && <Button onClick={() => void measureChosen()}>Try again</Button>}
        </Failure>
      )}
      {entry && <Report key={entry.id} result={withReading(entry.result)} last={<Delete id={entry.id} />} />}
    </>
  );
}

/** A result that was chosen in the list, or has just been measured, is looked at from its headline on. */
function showHeadline(): void {
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('#report-title')?.focus({ preventScroll: true });
}

function Delete({ id }: { id: string }) {
  return (
    <Button look="quiet" onClick={() => forgetResult(id)}>
      Delete
    </Button>
  );
}
