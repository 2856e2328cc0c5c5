import type { TurnFailure } from '../state/conversation.ts';
import { askAgain, newChat } from '../state/playground.ts';
import { session } from '../state/session.ts';
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
  const { code, message, hint, detail } = failure;
  if (code === 'aborted') return null;
  // The model is gone with it: the page says why, once, below the conversation.
  if (last && session.value === 'failed')
    return <p>{partial ? 'The answer broke off here.' : 'No answer came.'}</p>;
  return (
    <Failure
      code={code}
      message={partial ? `The answer broke off. ${message}` : message}
      hint={hint}
      detail={detail}
      announce={last}
    >
      {last && <Actions code={code} />}
    </Failure>
  );
}

function Actions({ code }: { code: TurnFailure['code'] }) {
  if (code === 'context-full') return <Button onClick={() => void newChat()}>New chat</Button>;
  if (session.value === 'ready') return <Button onClick={() => void askAgain()}>Try again</Button>;
  return null;
}
