import { useEffect, useRef } from 'preact/hooks';
import { loadAnyway, rival, stayAway, takeOver, type Rival } from '../state/gpu-lock.ts';
import css from './OtherTab.module.css';
import { Button } from './parts/Button.tsx';

const SITUATIONS: Record<Rival['state'], string> = {
  idle: 'Two models share the memory and the speed of one GPU. Taking over unloads the other one; its conversation stays.',
  asked: 'Asking the other tab…',
  busy: 'It is busy there. Stop it there or wait until it has finished, or load here anyway.',
  silent: 'The other tab does not answer. Close it, or load here anyway.',
};

/** Another tab has a model on the GPU: the visitor decides who gets it. */
export function OtherTab() {
  const heading = useRef<HTMLHeadingElement>(null);
  // The question comes after a long conversation, perhaps out of sight.
  useEffect(() => heading.current?.focus(), []);
  const other = rival.value;
  if (!other) return null;
  return (
    <section class={css.other} aria-labelledby="other-tab-title">
      <h2 id="other-tab-title" tabIndex={-1} ref={heading}>
        {other.modelName} is on the GPU in another tab
      </h2>
      <output>{SITUATIONS[other.state]}</output>
      <div class={css.buttons}>
        <Button look="primary" onClick={() => void takeOver()} disabled={other.state === 'asked'}>
          Take over
        </Button>
        <Button onClick={loadAnyway}>Load anyway</Button>
        <Button look="quiet" onClick={stayAway}>
          Not now
        </Button>
      </div>
    </section>
  );
}
