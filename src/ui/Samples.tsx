import { turns } from '../state/conversation.ts';
import { samples } from '../state/launch.ts';
import { send } from '../state/playground.ts';
import { session } from '../state/session.ts';
import { Button } from './parts/Button.tsx';
import css from './Samples.module.css';

/** Questions to begin with, while the conversation is young. */
export function Samples() {
  if (turns.value.length > 2) return null;
  return (
    <ul class={css.chips} aria-label="Questions to try">
      {samples.value.map((text) => (
        <li key={text}>
          <Button onClick={() => void send(text)} disabled={session.value !== 'ready'}>
            {text}
          </Button>
        </li>
      ))}
    </ul>
  );
}
