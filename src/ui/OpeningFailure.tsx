import { open, plainVariant, reopen } from '../state/launch.ts';
import { failure } from '../state/session.ts';
import { Button } from './parts/Button.tsx';
import buttonCss from './parts/Button.module.css';
import { Failure } from './parts/Failure.tsx';

/** Why there is no model on the GPU, and what can be done. */
export function OpeningFailure() {
  const error = failure.value;
  if (!error) return null;
  const other = plainVariant();
  return (
    <Failure code={error.code} message={error.message} hint={error.hint} detail={error.detail}>
      {other ? (
        <Button look="primary" onClick={() => void open(other)}>
          Use the f32 variant
        </Button>
      ) : (
        <Button look="primary" onClick={() => void reopen()}>
          Try again
        </Button>
      )}
      {error.code === 'storage-full' && (
        <a class={buttonCss.button} href="#/">
          Free space
        </a>
      )}
      <a class={`${buttonCss.button} ${buttonCss.quiet}`} href="#/">
        Choose another model
      </a>
    </Failure>
  );
}
