import { useEffect } from 'preact/hooks';
import { isOnline } from '../state/network.ts';
import { canKeepShell, keepShell, leavingBytes, refreshStorage, shellKept, space } from '../state/storage.ts';
import { asked, askToKeep, isKept, persistence, staying, storedBytes } from '../state/stored.ts';
import { ImportModel } from './ImportModel.tsx';
import { Button } from './parts/Button.tsx';
import { Figure } from './parts/Figure.tsx';
import { Room } from './parts/Room.tsx';
import css from './Storage.module.css';
import { StoredRow } from './StoredRow.tsx';
import { size } from './words.ts';

/** What is stored in this browser: how much, how safely, and whether it would run on a plane. */
export function Storage() {
  useEffect(() => void refreshStorage(), []);
  const models = staying.value;
  return (
    <div class={css.page}>
      <div class={css.first}>
        <div class={css.intro}>
          <h1 tabIndex={-1}>On this device</h1>
          <p class={css.lead}>{intro(models.length)}</p>
          <p>
            <a href="#/">All models</a>
          </p>
        </div>
        <Totals />
      </div>
      {models.length > 0 && (
        <section aria-labelledby="stored-title">
          <h2 class={css.title} id="stored-title">
            {isKept.value ? 'Stored models' : 'Models in memory'}
          </h2>
          <ul class={css.list}>
            {models.map((model) => (
              <StoredRow key={model.id} stored={model} />
            ))}
          </ul>
        </section>
      )}
      <ImportModel />
    </div>
  );
}

function intro(models: number): string {
  if (!isKept.value) return 'This browser keeps nothing here: a model is in memory, and gone with the page.';
  if (models === 0) return 'No model is stored here yet. The first one that you load is kept.';
  return 'Each model is downloaded once, checked byte by byte, and kept in this browser.';
}

/** How much there is, how much more fits, and what the browser promised. */
function Totals() {
  const free = space.value?.freeBytes ?? null;
  return (
    <dl class={css.totals} aria-label="Space" aria-busy={space.value === null}>
      <Total term="Models" bytes={storedBytes.value} />
      {leavingBytes.value > 0 && <Total term="Being deleted" bytes={leavingBytes.value} />}
      <div>
        <dt>Room for more</dt>
        <dd>{space.value === null ? ' ' : <Room bytes={free} />}</dd>
      </div>
      <Kept />
      <App />
    </dl>
  );
}

function Total({ term, bytes }: { term: string; bytes: number }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <Bytes bytes={bytes} />
      </dd>
    </div>
  );
}

function Bytes({ bytes }: { bytes: number }) {
  return <Figure {...size(bytes)} />;
}

/** Whether the browser may delete what is stored, and the question that can change it. */
function Kept() {
  const canAsk =
    isKept.value && !asked.value && persistence.value !== 'granted' && persistence.value !== 'unsupported';
  return (
    <div>
      <dt>Kept</dt>
      <dd>
        {keptWords()}
        {canAsk && (
          <Button look="quiet" name="Ask the browser to keep it" onClick={() => void askToKeep()}>
            Ask
          </Button>
        )}
      </dd>
    </div>
  );
}

function keptWords(): string {
  if (!isKept.value) return 'Until this page is closed';
  if (persistence.value === 'granted') return 'The browser promised to';
  if (asked.value || persistence.value === 'unsupported') return 'No promise; while the disk has room';
  return 'While the disk has room';
}

/** Whether the page itself opens without a network. */
function App() {
  const kept = shellKept.value;
  return (
    <div>
      <dt>The app itself</dt>
      <dd>
        {kept === null
          ? ' '
          : kept
            ? 'Kept, opens offline'
            : canKeepShell()
              ? 'Not kept yet'
              : 'Needs the network'}
        {kept === false && isOnline.value && canKeepShell() && (
          <Button look="quiet" name="Keep it: the app itself" onClick={() => void keepShell()}>
            Keep it
          </Button>
        )}
      </dd>
    </div>
  );
}
