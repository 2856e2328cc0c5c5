import type { TurnFailure } from '../state/conversation.ts';
import { askAgain, goOn, newChat } from '../state/playground.ts';
import { isModelGone } from '../state/recovery.ts';
import { isOpening, session } from '../state/session.ts';
import { Button } from './parts/Button.tsx';
import { Failure } from './parts/Failure.tsx';

interface Props {
  failure: TurnFailure;
  /** Only the latest answer can be asked for again. */
  last: boolean;
  /** Some text had come before it broke off. */
  partial: boolean;
}

/** An answer that did not come, or broke off, with what can be done about it. */
export function AnswerFailure({ failure, last, partial }: Props) {
  const { code, message, detail } = failure;
  if (code === 'aborted') return null;
  // The model is gone with it: the page says why, once, below the conversation.
  if (last && session.value === 'failed')
    return <p>{partial ? 'The answer broke off here.' : 'No answer came.'}</p>;
  return (
    <Failure
      code={code}
      message={partial ? `The answer broke off here. ${message}` : message}
      hint={hintFor(failure, last)}
      detail={detail}
      announce={last}
    >
      {last && <Actions code={code} partial={partial} />}
    </Failure>
  );
}

/** What to do when an answer failed is no advice any more once the model is back, or the talk has gone on. */
function hintFor({ code, hint }: TurnFailure, last: boolean): string {
  if (!isModelGone(code)) return hint;
  if (!last) return '';
  if (isOpening.value) return 'The model is being loaded again, from this device.';
  return session.value === 'ready' ? 'The model is loaded again.' : hint;
}

function Actions({ code, partial }: { code: TurnFailure['code']; partial: boolean }) {
  if (code === 'context-full') return <Button onClick={() => void newChat()}>New chat</Button>;
  if (session.value !== 'ready') return null;
  return (
    <>
      <Button onClick={() => void askAgain()}>Ask again</Button>
      {partial && <Button onClick={() => void goOn()}>Go on from here</Button>}
    </>
  );
}
