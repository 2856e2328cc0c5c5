import { cancelOpening, download, fetchedBytes, fromStore, loading, session } from '../state/session.ts';
import type { DownloadProgress } from '../weights/weights.ts';
import css from './Opening.module.css';
import { Button } from './parts/Button.tsx';
import { left, sizeText } from './words.ts';

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
      <output class={css.hidden}>{active?.label}</output>
      <div>
        <Button onClick={cancelOpening}>Cancel</Button>
      </div>
    </section>
  );
}

function StepRow({ step: { label, state, facts, fraction } }: { step: Step }) {
  const shown = fraction === null ? null : Math.floor(Math.min(0.99, fraction) * 100);
  return (
    <li class={css.step} data-state={state}>
      <span class={css.sign} aria-hidden="true">
        {SIGNS[state]}
      </span>
      <span class={css.label}>
        {label}
        {state === 'done' && <span class={css.hidden}>: done</span>}
      </span>
      <span class={css.facts}>{facts}</span>
      <span class={css.percent}>{state === 'active' && shown !== null ? `${shown} %` : ''}</span>
      {state === 'active' && <Bar label={label} percent={shown} />}
    </li>
  );
}

function Bar({ label, percent }: { label: string; percent: number | null }) {
  return <progress class={css.bar} aria-label={label} max={100} value={percent ?? undefined} />;
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
  const fraction = progress?.totalBytes ? progress.doneBytes / progress.totalBytes : null;
  return { label, state: 'active', facts: downloadFacts(progress), fraction };
}

function downloadFacts(progress: DownloadProgress | null): string {
  if (!progress || progress.phase === 'listing') return 'Reading the list of its files';
  if (progress.phase === 'checking') return 'Checking the last files';
  if (progress.note !== null) return progress.note;
  const { doneBytes, totalBytes, rateBytesPerS, leftMs } = progress;
  const parts = [
    totalBytes === null ? sizeText(doneBytes) : `${sizeText(doneBytes)} of ${sizeText(totalBytes)}`,
  ];
  if (rateBytesPerS !== null) parts.push(`${sizeText(rateBytesPerS)}/s`);
  if (leftMs !== null && doneBytes !== totalBytes) parts.push(left(leftMs));
  return parts.join(' · ');
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
