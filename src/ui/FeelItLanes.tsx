import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Result } from '../bench/result.ts';
import { history } from '../state/history.ts';
import { endOf, laneOf, rivalsOf, summaryOf, type Lane } from '../state/replay.ts';
import css from './FeelItLanes.module.css';
import { FeelItLane } from './FeelItLane.tsx';
import { Button } from './parts/Button.tsx';
import { createReplaying, type Replaying, type ReplayState } from './replaying.ts';

const PLAY: Record<ReplayState, string> = {
  waiting: 'Play',
  playing: 'Pause',
  paused: 'Go on',
  done: 'Play again',
};

/** A result's speed beside others, as text that comes token by token. It is shown on request, so it plays at once. */
export function FeelItLanes({ result }: { result: Result }) {
  const own = useMemo(() => laneOf(result), [result]);
  const others = history.value;
  const rivals = useMemo(() => rivalsOf(result, others), [result, others]);
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const ids = picked ?? rivals.slice(0, 1).map(({ id }) => id);
  const lanes = own ? [own, ...rivals.filter(({ id }) => ids.includes(id))] : [];
  const endMs = Math.max(0, ...lanes.map(endOf));
  const replaying = useReplaying(endMs);
  if (!own) return null;
  const pick = (id: string, on: boolean) =>
    setPicked(on ? [...ids, id] : ids.filter((other) => other !== id));
  return (
    <section class={css.feel} aria-labelledby="feel-title">
      <h3 id="feel-title">Feel it</h3>
      <p class={css.summary}>{summaryOf(lanes)}</p>
      <div class={css.controls}>
        <Controls replaying={replaying} />
        <Rivals rivals={rivals} ids={ids} pick={pick} />
      </div>
      <div class={css.lanes}>
        {lanes.map((lane) => (
          <FeelItLane key={lane.id} lane={lane} replaying={replaying} />
        ))}
      </div>
    </section>
  );
}

/** A clock for the lanes, which starts when they are shown. */
function useReplaying(endMs: number): Replaying {
  const replaying = useMemo(createReplaying, []);
  useEffect(() => replaying.until(endMs), [replaying, endMs]);
  useEffect(() => {
    replaying.toggle();
    return replaying.stop;
  }, [replaying]);
  return replaying;
}

function Controls({ replaying: { state, toggle, restart } }: { replaying: Replaying }) {
  const now = state.value;
  return (
    <div class={css.buttons} ref={focusFirst}>
      <Button onClick={toggle}>{PLAY[now]}</Button>
      {(now === 'playing' || now === 'paused') && (
        <Button look="quiet" onClick={restart}>
          Restart
        </Button>
      )}
    </div>
  );
}

/** The button that asked for the lanes is gone, so the focus goes to the one in its place. */
function focusFirst(buttons: HTMLDivElement | null): void {
  buttons?.querySelector('button')?.focus();
}

interface RivalsProps {
  rivals: Lane[];
  ids: readonly string[];
  pick: (id: string, on: boolean) => void;
}

function Rivals({ rivals, ids, pick }: RivalsProps) {
  return (
    <fieldset class={css.rivals}>
      <legend>Beside it</legend>
      {rivals.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={ids.includes(id)}
            onChange={(event) => pick(id, event.currentTarget.checked)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
