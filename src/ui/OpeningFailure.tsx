import { load, plainVariant, reopen, runFromMemory } from '../state/launch.ts';
import { failure } from '../state/session.ts';
import { smallerAfterFailure } from '../state/smaller.ts';
import { MakeRoom, MEMORY_COST } from './MakeRoom.tsx';
import { Button } from './parts/Button.tsx';
import buttonCss from './parts/Button.module.css';
import { Failure } from './parts/Failure.tsx';
import { sizeText } from './words.ts';

/** Why there is no model on the GPU, and what can be done. */
export function OpeningFailure() {
  const error = failure.value;
  if (!error) return null;
  const other = plainVariant();
  const smaller = smallerAfterFailure();
  return (
    <Failure
      code={error.code}
      message={error.message}
      hint={error.hint}
      detail={error.detail}
      means={error.code === 'storage-full' && <MakeRoom />}
    >
      {other ? (
        <Button look="primary" onClick={() => void reopen(other)}>
          Use the f32 variant
        </Button>
      ) : (
        <Button look="primary" onClick={() => void reopen()}>
          {error.code === 'storage-full' ? 'Continue' : 'Try again'}
        </Button>
      )}
      {smaller && (
        <Button onClick={() => void load(smaller)}>
          Try {smaller.model.name}
          {smaller.stored?.state !== 'verified' && `, ${sizeText(smaller.sizeBytes)}`}
        </Button>
      )}
      {error.code === 'storage-full' && (
        <Button onClick={() => void runFromMemory()} describedBy={MEMORY_COST}>
          Run it from memory
        </Button>
      )}
      <a class={`${buttonCss.button} ${buttonCss.quiet}`} href="#/">
        Choose another model
      </a>
    </Failure>
  );
}
