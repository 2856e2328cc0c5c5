import { useEffect } from 'preact/hooks';
import { targetOf } from '../state/models.ts';
import { removeStored } from '../state/removal.ts';
import { room, refreshRoom } from '../state/room.ts';
import { staying } from '../state/stored.ts';
import css from './MakeRoom.module.css';
import { Button } from './parts/Button.tsx';
import { Figure } from './parts/Figure.tsx';
import { Room } from './parts/Room.tsx';
import { size } from './words.ts';

/** Id of the sentence on what it means to store nothing. */
export const MEMORY_COST = 'memory-cost';

/** What a download needs, what there is, and what could go to make room. */
export function MakeRoom() {
  const { wantedId, neededBytes, freeBytes, freedBytes } = room.value;
  // Once a deletion is final, what it freed has become room.
  useEffect(() => void refreshRoom(), [freedBytes]);
  const others = staying.value.filter(({ id }) => id !== wantedId);
  return (
    <div class={css.room}>
      <dl class={css.sums}>
        <Sum term="Still to download" bytes={neededBytes} />
        <div>
          <dt>Room now</dt>
          <dd>
            <Room bytes={freeBytes} />
          </dd>
        </div>
        {freedBytes > 0 && <Sum term="Room you make" bytes={freedBytes} />}
      </dl>
      {others.length > 0 && (
        <ul class={css.list} aria-label="Models that could go">
          {others.map((stored) => (
            <Candidate key={stored.id} stored={stored} />
          ))}
        </ul>
      )}
      {others.length === 0 && freedBytes === 0 && (
        <p class={css.none}>No other model is stored here. Free some disk, or choose a smaller model.</p>
      )}
      <p class={css.memory} id={MEMORY_COST}>
        It can also run from memory. Then nothing more is stored: what is missing is gone when this page is
        closed, and downloaded again the next time.
      </p>
    </div>
  );
}

function Sum({ term, bytes }: { term: string; bytes: number | null }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{bytes === null ? 'not known' : <Figure {...size(bytes)} />}</dd>
    </div>
  );
}

function Candidate({ stored }: { stored: Parameters<typeof targetOf>[0] }) {
  const { model, variant } = targetOf(stored);
  return (
    <li>
      <span>
        {model.name} <code>{variant.quantization}</code>
      </span>
      <Figure {...size(stored.storedBytes)} />
      <Button
        look="quiet"
        name={`Delete ${model.name} from this device`}
        onClick={() => void removeStored(stored.id, model.name)}
      >
        Delete
      </Button>
    </li>
  );
}
