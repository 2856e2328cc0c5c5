import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { draft, setDraft } from '../state/draft.ts';
import { isGenerating } from '../state/live.ts';
import { canThink, send, stop } from '../state/playground.ts';
import { session } from '../state/session.ts';
import { change, settings } from '../state/settings.ts';
import css from './Composer.module.css';
import { Button } from './parts/Button.tsx';

/** Where a message is written. Enter sends, Shift+Enter starts a line, Esc stops the answer. */
export function Composer() {
  const box = useRef<HTMLTextAreaElement>(null);
  useEscape();
  const submit = () => {
    if (session.value !== 'ready') return;
    const text = draft.value;
    setDraft('');
    void send(text);
    box.current?.focus();
  };
  return (
    <form
      class={css.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class={css.row}>
        <Message box={box} onEnter={submit} />
        <SendOrStop onStop={() => box.current?.focus()} />
      </div>
      <div class={css.foot}>
        {canThink.value && <ThinkFirst />}
        <p class={css.keys}>Enter sends · Shift + Enter starts a new line · Esc stops</p>
      </div>
    </form>
  );
}

interface MessageProps {
  box: RefObject<HTMLTextAreaElement | null>;
  onEnter: () => void;
}

function Message({ box, onEnter }: MessageProps) {
  return (
    <>
      <label class="unseen" htmlFor="message">
        Message
      </label>
      <textarea
        id="message"
        ref={box}
        rows={1}
        value={draft}
        placeholder="Ask something"
        enterkeyhint="send"
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          onEnter();
        }}
      />
    </>
  );
}

/** Whether the next answer is thought about first; for models that can do either. */
function ThinkFirst() {
  const { thinkFirst } = settings.value;
  return (
    <div class={css.think}>
      <label>
        <input
          type="checkbox"
          checked={thinkFirst}
          aria-describedby="think-first-hint"
          onChange={({ currentTarget: { checked } }) => change({ thinkFirst: checked })}
        />
        Think first
      </label>
      <span id="think-first-hint">
        {thinkFirst ? 'Slower to answer, often better' : 'Answers at once, often worse'}
      </span>
    </div>
  );
}

function SendOrStop({ onStop }: { onStop: () => void }) {
  if (isGenerating.value) {
    const ask = () => {
      stop();
      onStop();
    };
    return <Button onClick={ask}>Stop</Button>;
  }
  const empty = draft.value.trim() === '';
  return (
    <Button type="submit" look="primary" disabled={empty || session.value !== 'ready'}>
      Send
    </Button>
  );
}

function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && isGenerating.value) stop();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
