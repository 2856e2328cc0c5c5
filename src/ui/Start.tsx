import { canRun, gpu } from '../state/gpu.ts';
import { rival } from '../state/gpu-lock.ts';
import {
  choosePlan,
  chosenKey,
  chosenPlan,
  chosenTime,
  chosenTooLong,
  dismissWanted,
  isPlanBroken,
  measureChosen,
  offers,
  openAndMeasure,
  wanted,
  type Wanted,
} from '../state/plans.ts';
import { expectLoad, isOpening, session, target } from '../state/session.ts';
import { waitsForNetwork } from '../state/stored.ts';
import { Opening } from './Opening.tsx';
import { OpeningFailure } from './OpeningFailure.tsx';
import { OtherTab } from './OtherTab.tsx';
import { Button } from './parts/Button.tsx';
import { Fold } from './parts/Fold.tsx';
import { RunDemo } from './RunDemo.tsx';
import css from './Start.module.css';
import { sizeText } from './words.ts';

const loadQueue = () => import('./Queue.tsx').then(({ QueueStart }) => QueueStart);
const loadEditor = () => import('./PlanEditor.tsx').then(({ PlanEditor }) => PlanEditor);

/** What to measure, by which plan, and how long that takes here. */
export function Start() {
  if (rival.value) return <OtherTab />;
  if (isOpening.value) return <Opening />;
  return (
    <section class={css.start} aria-label="Measure">
      <p class={css.note}>
        The answers are checked first. Then prefill (reading) and decode (writing) are timed beside the GPU,
        several times after a warm-up, and the median counts.
      </p>
      <Plans />
      <div>
        <Fold title="Make your own plan, or sweep depths" load={loadEditor} give={{}} />
        <Fold title="Measure several models" load={loadQueue} give={{}} />
      </div>
      {session.value === 'failed' && <OpeningFailure />}
      {wanted.value ? <Prepare wish={wanted.value} /> : <Go />}
    </section>
  );
}

function Plans() {
  return (
    <fieldset class={css.plans}>
      <legend>Plan</legend>
      {offers.value.map(({ key, label, text, time }) => (
        <label key={key}>
          <input
            type="radio"
            name="plan"
            value={key}
            checked={key === chosenKey.value}
            onChange={() => choosePlan(key)}
          />
          <span class={css.label}>{label}</span>
          <span class={css.text}>
            {text}
            {time && <strong>About {time.text} here</strong>}
          </span>
        </label>
      ))}
      {isPlanBroken.value && (
        <p class={css.note} role="alert">
          The plan in the address is none that this page can read, so the short one is chosen.
        </p>
      )}
    </fieldset>
  );
}

function Go() {
  if (session.value === 'ready') {
    return (
      <div class={css.go}>
        <Button look="primary" onClick={() => void measureChosen()} describedBy="measured-model">
          Measure
        </Button>
        <p id="measured-model">
          {target.value?.model.name}. <Cost />
        </p>
      </div>
    );
  }
  if (session.value === 'busy')
    return <p class={css.note}>{target.value?.model.name} is busy. It can be measured when it is ready.</p>;
  return <RunDemo />;
}

/** A link prepares; only a person starts a download. */
function Prepare({ wish: { id, target: found, isStored, sizeBytes, instead } }: { wish: Wanted }) {
  if (!found) return <Unknown id={id} />;
  const impossible = gpu.value !== null && !canRun.value;
  const waits = waitsForNetwork(found.variant);
  return (
    <section class={css.prepare} aria-labelledby="prepare-title">
      <h2 id="prepare-title">Measure {found.model.name} here</h2>
      <p>
        {isStored ? 'It is on this device already.' : `${sizeText(sizeBytes)} to download first.`} <Cost />{' '}
        {instead}
        {impossible && ' It needs a GPU that this browser can reach.'}
        {waits && ' There is no network now, so it has to wait.'}
      </p>
      <div class={css.buttons}>
        <Button
          look="primary"
          onIntent={() => expectLoad(found.variant)}
          onClick={() => void openAndMeasure(found)}
          disabled={impossible || waits || session.value === 'busy'}
        >
          {isStored ? 'Load and measure' : 'Download, load and measure'}
        </Button>
        <Button onClick={dismissWanted}>No, thanks</Button>
      </div>
    </section>
  );
}

function Unknown({ id }: { id: string }) {
  return (
    <div class={css.prepare}>
      <p>
        This page knows no model <code>{id}</code>. If it has an address,{' '}
        <a href="#/">add it to the models</a> first.
      </p>
      <div class={css.buttons}>
        <Button onClick={dismissWanted}>No, thanks</Button>
      </div>
    </div>
  );
}

function Cost() {
  const time = chosenTime.value;
  const left = chosenTooLong.value;
  const { preset } = chosenPlan.value;
  return (
    <>
      {time
        ? `About ${time.text} here, by ${time.isMeasured ? 'what was measured before' : 'how fast the memory of this GPU is'}.`
        : 'How long it takes here is not known before a first measurement.'}
      {!time?.isMeasured && preset !== 'measure' && ' The shortest plan tells.'}
      {left.length > 0 && ` Left out, for the model has no room for them: ${left.join(', ')}.`}
    </>
  );
}
