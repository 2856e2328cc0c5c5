import { useState } from 'preact/hooks';
import { rows, type Row } from '../state/models.ts';
import { chosenPlan } from '../state/plans.ts';
import { cancelQueue, isQueueRunning, queue, runQueue, skipInQueue, type QueueItem } from '../state/queue.ts';
import { addressOf } from '../state/route.ts';
import { session } from '../state/session.ts';
import { Button } from './parts/Button.tsx';
import css from './PlanEditor.module.css';

/** Several stored models by the chosen plan, one after the other. */
export function QueueStart() {
  const [picked, setPicked] = useState<readonly string[]>([]);
  const stored = rows.value.filter(isReady);
  const chosen = stored.filter(({ variant }) => picked.includes(variant!.id));
  const pick = (id: string, on: boolean) =>
    setPicked(on ? [...picked, id] : picked.filter((one) => one !== id));
  const start = () =>
    void runQueue(
      chosen.map(({ model, variant }) => ({ model, variant: variant! })),
      chosenPlan.value,
    );
  if (stored.length === 0) return <p class={css.hint}>No model is stored on this device yet.</p>;
  return (
    <fieldset class={css.editor}>
      <legend class={css.hint}>Each is loaded in a worker of its own and measured by the chosen plan.</legend>
      {stored.map(({ model, variant }) => (
        <label key={variant!.id} class={css.pick}>
          <input
            type="checkbox"
            checked={picked.includes(variant!.id)}
            onChange={(event) => pick(variant!.id, event.currentTarget.checked)}
          />
          {model.name}
        </label>
      ))}
      <div>
        <Button onClick={start} disabled={chosen.length === 0 || session.value === 'busy'}>
          Measure {chosen.length === 1 ? 'one model' : `${chosen.length} models`}
        </Button>
      </div>
    </fieldset>
  );
}

function isReady({ variant, loadable, stored }: Row): boolean {
  return variant !== null && loadable && stored?.state === 'verified';
}

const STATES: Record<QueueItem['state'], string> = {
  waiting: 'waits',
  opening: 'is loading',
  measuring: 'is being measured',
  done: 'is done.',
  skipped: 'was skipped.',
};

/** How far the queue is, and afterwards where its results are. */
export function QueueProgress() {
  return (
    <section class={css.editor} aria-label="Queue">
      <ol class={css.cases}>
        {queue.value.map((item) => (
          <li key={item.target.variant.id}>
            <Item item={item} />
          </li>
        ))}
      </ol>
      {isQueueRunning.value && (
        <div class={css.form}>
          <Button onClick={skipInQueue}>Skip this model</Button>
          <Button onClick={cancelQueue}>End the queue</Button>
        </div>
      )}
    </section>
  );
}

function Item({ item: { target, state, reason, resultId } }: { item: QueueItem }) {
  return (
    <span>
      <strong>{target.model.name}</strong> {STATES[state]} {reason}{' '}
      {resultId && <a href={addressOf({ page: 'measure', result: resultId })}>see its result</a>}
    </span>
  );
}
