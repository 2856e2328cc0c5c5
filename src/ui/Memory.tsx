import { gpu } from '../state/gpu.ts';
import { isReading, readingFailure, readingHere, readMemory } from '../state/roofline.ts';
import { isOpening, session } from '../state/session.ts';
import css from './Memory.module.css';
import { Button } from './parts/Button.tsx';
import { moment, sizeText } from './words.ts';

/** What the memory of this GPU gives: the roof above every decode. */
export function Memory() {
  const facts = gpu.value?.adapter;
  if (!facts) return null;
  const known = readingHere.value;
  const failed = readingFailure.value;
  return (
    <section class={css.memory} aria-labelledby="memory-title">
      <h2 id="memory-title">How fast could it be?</h2>
      <p>
        Writing a token reads all weights once, so the memory of{' '}
        {facts.software ? 'this machine' : 'this GPU'} sets the most that is possible.{' '}
        {known
          ? `It was read at ${sizeText(known.bytesPerS)}/s on ${moment(new Date(known.atMs).toISOString())}.`
          : 'Measured, it tells how good a result is. It takes a few seconds and 256 MB of memory.'}
      </p>
      {failed && (
        <p role="alert">
          {failed.message} {failed.hint}
        </p>
      )}
      <div>
        <Button
          onClick={() => void readMemory()}
          disabled={isReading.value || isOpening.value || session.value === 'busy'}
        >
          {isReading.value
            ? 'Measuring the memory …'
            : known
              ? 'Measure the memory again'
              : 'Measure the memory'}
        </Button>
      </div>
    </section>
  );
}
