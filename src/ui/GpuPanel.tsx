import type { ProbeNote } from '../gpu/probe.ts';
import { gpu } from '../state/gpu.ts';
import { adapterName } from './gpu.ts';
import css from './GpuPanel.module.css';
import { Figure } from './parts/Figure.tsx';
import { memory } from './words.ts';

/** The visitor's GPU as the browser tells of it, what it can do, and what stands in the way. */
export function GpuPanel() {
  const probe = gpu.value;
  // One next step at a time, and the page below hardly moves when it comes.
  const worst = probe?.notes[0];
  return (
    <section class={css.panel} aria-labelledby="gpu-title" aria-busy={probe === null}>
      <h2 class={css.title} id="gpu-title">
        Your GPU
      </h2>
      <p class={css.name}>{nameNow()}</p>
      <Facts />
      {worst && <Note note={worst} named={probe?.adapter === null} />}
    </section>
  );
}

function nameNow(): string {
  const probe = gpu.value;
  if (!probe) return 'Asking the browser…';
  if (probe.adapter?.software) return 'Software, not a GPU';
  if (probe.adapter) return adapterName(probe.adapter);
  return probe.notes[0]?.message ?? 'No GPU';
}

function Facts() {
  const probe = gpu.value;
  const facts = probe?.adapter ?? null;
  if (probe && !facts) return null;
  const buffer = facts && memory(Math.min(facts.maxBufferBytes, facts.maxBindingBytes));
  const deviceGb = probe?.deviceMemoryGb ?? null;
  return (
    <dl class={css.facts}>
      {facts?.software && (
        <div>
          <dt>Named</dt>
          <dd>{adapterName(facts)}</dd>
        </div>
      )}
      <div>
        <dt>16-bit floats (shader-f16)</dt>
        <dd>{facts ? (facts.features.includes('shader-f16') ? 'yes' : 'no, so f32 models') : ' '}</dd>
      </div>
      <div>
        <dt>Largest buffer</dt>
        <dd>{buffer ? <Figure value={buffer.value} unit={buffer.unit} /> : ' '}</dd>
      </div>
      <div>
        <dt>Memory of this device</dt>
        <dd>{memoryWords(probe !== null, deviceGb)}</dd>
      </div>
    </dl>
  );
}

function memoryWords(known: boolean, gb: number | null): string {
  if (!known) return ' ';
  if (gb === null) return 'not disclosed';
  return gb >= 8 ? `${gb} GB or more` : `${gb} GB`;
}

/** Slow or less than usual is a note; not at all is a warning. `named`: its message is the panel's headline. */
function Note({ note: { state, message, hint }, named }: { note: ProbeNote; named: boolean }) {
  const mild = state === 'no-f16';
  return (
    <div class={`${css.note} ${mild ? css.mild : ''}`}>
      {!named && <p class={css.message}>{message}</p>}
      <p>{hint}</p>
    </div>
  );
}
