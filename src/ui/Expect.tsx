import { useEffect } from 'preact/hooks';
import { expectation, expectAsBefore, measureAndExpect } from '../state/expected.ts';
import { adapter, canRun } from '../state/gpu.ts';
import { isOpening, session } from '../state/session.ts';
import css from './Expect.module.css';
import { Button } from './parts/Button.tsx';
import { sizeText } from './words.ts';

/** What speeds to expect here, before any download. */
export function Expect() {
  useEffect(() => void expectAsBefore(), []);
  const { bytesPerS, count, isReading, failure } = expectation.value;
  if (!canRun.value) return null;
  if (bytesPerS !== null) return <p class={css.expect}>{basis(bytesPerS, count)}</p>;
  return (
    <div class={css.expect}>
      <Button
        onClick={() => void measureAndExpect()}
        disabled={isReading || isOpening.value || session.value === 'busy'}
      >
        {isReading ? 'Reading the memory …' : 'Predict the speeds'}
      </Button>
      <p role={failure ? 'alert' : undefined}>
        {failure
          ? `${failure.message} ${failure.hint}`
          : `Reads the memory of ${here()} for a few seconds, and downloads nothing.`}
      </p>
    </div>
  );
}

function here(): string {
  return adapter.value?.software ? 'this machine, whose software stands in for a GPU,' : 'this GPU';
}

function basis(bytesPerS: number, count: number): string {
  const read = `${sizeText(bytesPerS)} a second, which the memory of ${here()} gives`;
  const learned =
    count === 0
      ? 'The range narrows with every model that is measured here.'
      : `So do the shares that ${count === 1 ? 'a model' : `${count} models`} measured here reached.`;
  return `Speeds to expect while writing follow from ${read}. ${learned}`;
}
