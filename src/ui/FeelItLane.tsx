import { useLayoutEffect, useRef } from 'preact/hooks';
import { arrived } from '../share/replay.ts';
import { endOf, formatS, TEXT, type Lane } from '../state/replay.ts';
import css from './FeelItLanes.module.css';
import type { Replaying } from './replaying.ts';

const WHOLE = TEXT.join('');
/** Where each piece begins in the text, and at the end where it ends. */
const STARTS = TEXT.reduce<number[]>((starts, piece) => [...starts, starts.at(-1)! + piece.length], [0]);

/**
 * One speed. The whole text is there from the start, so nothing moves but the line between what is written and what is
 * not; it stays out of the accessibility tree, where it would be a stream of noise.
 */
export function FeelItLane({ lane, replaying }: { lane: Lane; replaying: Replaying }) {
  const written = useRef<HTMLSpanElement>(null);
  const rest = useRef<HTMLSpanElement>(null);
  const clock = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const draw = drawer(lane, texts(written.current!, rest.current!), clock.current!);
    return replaying.follow(draw);
  }, [lane, replaying]);
  return (
    <div class={css.lane}>
      <h4>
        {lane.name}
        <span ref={clock} class={css.clock} aria-hidden="true" />
      </h4>
      <p class={css.detail}>{lane.detail}</p>
      <p class={css.text} aria-hidden="true">
        <span ref={written} class={css.written} />
        <span ref={rest} class={css.rest} />
      </p>
    </div>
  );
}

interface Texts {
  written: Text;
  rest: Text;
}

function texts(written: HTMLSpanElement, rest: HTMLSpanElement): Texts {
  written.textContent = '';
  rest.textContent = WHOLE;
  return { written: written.appendChild(document.createTextNode('')), rest: rest.firstChild as Text };
}

/** Shows the lane as it is at a time. Forward it moves only what came since the last frame; backward it starts anew. */
function drawer(lane: Lane, { written, rest }: Texts, clock: HTMLElement): (atMs: number) => void {
  const endMs = endOf(lane);
  let shown = 0;
  return (atMs) => {
    const isBack = shown > 0 && atMs < lane.arrivalsMs[shown - 1]!;
    const next = arrived(lane.arrivalsMs, atMs, isBack ? 0 : shown);
    if (isBack) {
      written.data = WHOLE.slice(0, STARTS[next]);
      rest.data = WHOLE.slice(STARTS[next]);
    } else if (next > shown) {
      written.appendData(WHOLE.slice(STARTS[shown], STARTS[next]));
      rest.deleteData(0, STARTS[next]! - STARTS[shown]!);
    }
    shown = next;
    clock.textContent = formatS(Math.min(atMs, endMs));
    clock.dataset['done'] = String(atMs >= endMs);
  };
}
