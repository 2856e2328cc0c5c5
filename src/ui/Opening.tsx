import { promiseWords } from '../state/plane.ts';
import { cancelOpening, download, fetchedBytes, fromStore, loading, session } from '../state/session.ts';
import { asked, persistence } from '../state/stored.ts';
import type { DownloadProgress } from '../weights/weights.ts';
import css from './Opening.module.css';
import { Button } from './parts/Button.tsx';
import { fractionOf, percentOf, Progress } from './parts/Progress.tsx';
import { progressWords, sizeText } from './words.ts';

/** Less than this is fetched again in no time. */
const WORTH_TELLING_BYTES = 10e6;

type StepState = 'done' | 'active' | 'waiting';

interface Step {
  label: string;
  state: StepState;
  /** What is going on inside the step. */
  facts: string;
  /** 0..1; null while it cannot be known. */
  fraction: number | null;
}

const PHASES = ['starting', 'openStore', 'shaders'] as const;
const LOAD_LABELS = ['Start the engine', 'Put the weights on the GPU', 'Compile the shaders'];
const SIGNS: Record<StepState, string> = { done: '✓', active: '▸', waiting: '·' };

/** A model on its way to the GPU. Each step fills once; none shows 100 % before it is over. */
export function Opening() {
  const steps = [downloadStep(), ...loadSteps()];
  const active = steps.find((step) => step.state === 'active');
  return (
    <section class={css.opening} aria-label="Loading">
      <ol class={css.steps}>
        {steps.map((step) => (
          <StepRow key={step.label} step={step} />
        ))}
      </ol>
      <output class="unseen">{active?.label}</output>
      <Note />
      <Promised />
      <div class={css.cancel}>
        <Button onClick={cancelOpening} describedBy="cancel-cost">
          Cancel
        </Button>
        <p class={css.cost} id="cancel-cost">
          {isLarge() && 'What has arrived is kept; the next Load goes on from there.'}
        </p>
      </div>
    </section>
  );
}

function StepRow({ step: { label, state, facts, fraction } }: { step: Step }) {
  return (
    <li class={css.step} data-state={state}>
      <span class={css.sign} aria-hidden="true">
        {SIGNS[state]}
      </span>
      <span class={css.label}>
        {label}
        {state === 'done' && <span class="unseen">: done</span>}
      </span>
      <span class={css.facts}>{facts}</span>
      <span class={css.percent}>
        {state === 'active' && fraction !== null ? `${percentOf(fraction)} %` : ''}
      </span>
      {state === 'active' && (
        <span class={css.bar}>
          <Progress label={label} fraction={fraction} />
        </span>
      )}
    </li>
  );
}

function downloadStep(): Step {
  const label = 'Download the model';
  if (session.value !== 'downloading') {
    const facts = fromStore.value
      ? 'Already on this device'
      : `${sizeText(fetchedBytes.value)}, every file checked`;
    return { label, state: 'done', facts, fraction: null };
  }
  const progress = download.value;
  return { label, state: 'active', facts: downloadFacts(progress), fraction: fractionOf(progress) };
}

function downloadFacts(progress: DownloadProgress | null): string {
  if (!progress || progress.phase === 'listing') return 'Reading the list of its files';
  if (progress.phase === 'checking') return `Checking what is stored · ${progressWords(progress)}`;
  return progressWords(progress);
}

/** What is special about this download: another tab does it, the server cannot resume, nothing is kept. */
function Note() {
  const note = session.value === 'downloading' ? download.value?.note : null;
  return note ? <output class={css.note}>{note}</output> : null;
}

/** What the browser said to the question that came with the click on Load. */
function Promised() {
  if (session.value !== 'downloading' || !asked.value) return null;
  return <p class={css.cost}>{promiseWords(persistence.value)}</p>;
}

/** So much has arrived that somebody may hesitate to cancel. */
function isLarge(): boolean {
  return session.value === 'downloading' && (download.value?.doneBytes ?? 0) > WORTH_TELLING_BYTES;
}

function loadSteps(): Step[] {
  const phase = loading.value?.phase ?? 'starting';
  const at = session.value === 'downloading' ? -1 : PHASES.indexOf(phase);
  return LOAD_LABELS.map((label, index) => ({
    label,
    state: index < at ? 'done' : index === at ? 'active' : 'waiting',
    facts: '',
    fraction: index === at ? (loading.value?.fraction ?? null) : null,
  }));
}
