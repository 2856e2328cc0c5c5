import { useEffect, useMemo, useRef } from 'preact/hooks';
import { cut, sheets } from '../state/blocks.ts';
import { turns, type Turn } from '../state/conversation.ts';
import { isGenerating, isThinking, liveText, liveThought } from '../state/live.ts';
import { askAgain, lastMeasures } from '../state/playground.ts';
import { session, target } from '../state/session.ts';
import { takeApart } from '../state/thought.ts';
import { AnswerFailure } from './AnswerFailure.tsx';
import css from './Conversation.module.css';
import { Block } from './parts/Block.tsx';
import { Blocks } from './parts/Blocks.tsx';
import { Button } from './parts/Button.tsx';
import { Figure } from './parts/Figure.tsx';
import { Thought } from './Thought.tsx';
import { count, rate } from './words.ts';

/** Nearer than this to the bottom, the page follows the answer as it grows. */
const NEAR_PX = 80;

/** Nobody listens to more than this in one go; the rest is there to be read. */
const MOST_READ_OUT = 5_000;

/** The conversation. Reading it out token by token would be noise: a status tells when an answer is complete. */
export function Conversation() {
  const log = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  useFollow(log, end);
  const all = turns.value;
  return (
    <>
      <div class={css.log} role="log" aria-label="Conversation" aria-live="off" ref={log}>
        {all.map((turn, index) => (
          <TurnView key={turn.id} turn={turn} last={index === all.length - 1} />
        ))}
        <LiveAnswer />
      </div>
      <div class={css.end} ref={end} />
      <Announcer />
    </>
  );
}

function TurnView({ turn, last }: { turn: Turn; last: boolean }) {
  if (turn.role === 'assistant') return <AnswerView turn={turn} last={last} />;
  return (
    <article class={css.turn}>
      <p class={css.who}>{turn.byPage ? 'Asked for you' : 'You'}</p>
      <div class={css.question}>
        {sheets(turn.text).map((sheet, index) => (
          <p key={index}>{sheet}</p>
        ))}
      </div>
    </article>
  );
}

function AnswerView({ turn, last }: { turn: Turn; last: boolean }) {
  const { thought, answer } = useMemo(() => takeApart(turn.text), [turn.text]);
  const blocks = useMemo(() => whole(answer), [answer]);
  return (
    <article class={css.turn}>
      <p class={css.who}>{turn.modelName ?? 'The model'}</p>
      {thought !== null && <Thought text={thought} cost={turn.thought} />}
      <div class={css.answer}>
        <Blocks sources={blocks} />
        {turn.failure && <AnswerFailure failure={turn.failure} last={last} partial={turn.text !== ''} />}
      </div>
      <After turn={turn} unanswered={thought !== null && answer === ''} />
      {turn.interrupted && last && <AskAgain />}
    </article>
  );
}

function whole(text: string): string[] {
  const { done, open } = cut(text.trimEnd());
  return open === '' ? done : [...done, open];
}

const CUT_OFF = 'Cut off at the longest answer allowed; see Settings';
const CUT_IN_THOUGHT =
  'Cut off before it came to an answer. Allow longer answers in Settings, or turn Think first off.';

/** Under an answer: how fast it was, and why it ended if it did not end by itself. */
function After({ turn, unanswered }: { turn: Turn; unanswered: boolean }) {
  const { decodeTps, tokens, finish, failure, interrupted } = turn;
  if (failure) return null;
  return (
    <p class={css.after}>
      {decodeTps !== null && <Figure value={rate(decodeTps)} unit="tok/s" />}
      {tokens !== null && <Figure value={count(tokens)} unit={tokens === 1 ? 'token' : 'tokens'} />}
      {finish === 'aborted' && <span>Stopped by you</span>}
      {interrupted && <span>Broken off here: the page was closed while this was written</span>}
      {finish === 'length' && <span>{unanswered ? CUT_IN_THOUGHT : CUT_OFF}</span>}
    </p>
  );
}

function AskAgain() {
  if (session.value !== 'ready') return null;
  return (
    <div>
      <Button onClick={() => void askAgain()}>Ask again</Button>
    </div>
  );
}

/** The answer that is being written. Only the open block is laid out anew. */
function LiveAnswer() {
  const live = liveText.value;
  if (!live) return null;
  return (
    <article class={css.turn} aria-busy="true">
      <p class={css.who}>{target.value?.model.name ?? 'The model'}</p>
      {live.thought !== null && (
        <Thought text={live.thought} thinking={live.thinking} cost={liveThought.value} />
      )}
      <div class={css.answer}>
        {live.done.map((source, index) => (
          <Block key={index} source={source} />
        ))}
        {live.open === '' ? <span class={css.caret} /> : <Block key={live.done.length} source={live.open} />}
      </div>
      <p class={css.after}>&nbsp;</p>
    </article>
  );
}

/** Says that an answer has begun, and reads it out once it is complete. */
function Announcer() {
  const latest = turns.value.at(-1);
  let words = '';
  if (isGenerating.value) words = isThinking.value ? 'Thinking' : 'Answering';
  else if (lastMeasures.value && latest?.role === 'assistant' && !latest.failure) {
    words = takeApart(latest.text).answer.slice(0, MOST_READ_OUT);
  }
  return <output class="unseen">{words}</output>;
}

interface Ref {
  current: HTMLElement | null;
}

/** Keep the end of the answer in view, but only for a reader who is at the end already. */
function useFollow(log: Ref, end: Ref): void {
  useEffect(() => {
    if (!log.current || !end.current) return;
    const mark = end.current;
    let pinned = isNear(mark);
    const onScroll = () => (pinned = isNear(mark));
    const observer = new ResizeObserver(() => {
      if (pinned) mark.scrollIntoView({ block: 'nearest' });
    });
    addEventListener('scroll', onScroll, { passive: true });
    observer.observe(log.current);
    return () => {
      removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [log, end]);
}

function isNear(mark: HTMLElement): boolean {
  return mark.getBoundingClientRect().top < innerHeight + NEAR_PX;
}
