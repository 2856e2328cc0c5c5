import type { Verdict } from '../engine/fit.ts';
import { expectation } from '../state/expected.ts';
import { load } from '../state/launch.ts';
import { forgetModel, removeModel, rows, type Row } from '../state/models.ts';
import { expectLoad, isOpening, session, target } from '../state/session.ts';
import { storedBytes, waitsForNetwork } from '../state/stored.ts';
import css from './Catalogue.module.css';
import { Button } from './parts/Button.tsx';
import { Expect } from './Expect.tsx';
import { Figure } from './parts/Figure.tsx';
import { memory, rateRange, share, size, sizeText, UNKNOWN, type Quantity } from './words.ts';

const VERDICTS: Record<Verdict, string> = {
  fits: 'Fits',
  tight: 'Tight',
  'does-not-fit': 'Does not run here',
  unknown: 'May fit',
};

const COLUMNS = ['Model', 'Parameters', 'Download', 'Memory', 'On this GPU', ''];

/** The models, with what each would cost and whether it fits, before anything is downloaded. */
export function Catalogue() {
  const bytes = storedBytes.value;
  // The same sentence for all models that have another variant than the usual one.
  const choice = rows.value.find((row) => row.variant && row.choice)?.choice;
  return (
    <section aria-labelledby="models-title">
      <div class={css.head}>
        <h2 id="models-title">Models</h2>
        <p>
          {bytes > 0 && `${sizeText(bytes)} of models · `}
          <a href="#/storage">{bytes > 0 ? 'On this device' : 'None is on this device yet'}</a> ·{' '}
          <a href="#/showdown">What else fits</a>
        </p>
      </div>
      <p class={css.choice}>{choice}</p>
      <Expect />
      <div class={css.columns} aria-hidden="true">
        {COLUMNS.map((title) => (
          <span key={title}>{title}</span>
        ))}
      </div>
      <ul class={css.list}>
        {rows.value.map((row) => (
          <ModelRow key={row.model.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function ModelRow({ row }: { row: Row }) {
  const { model, variant, sizeBytes, exact } = row;
  return (
    <li class={css.row}>
      <div class={css.about}>
        <h3>{model.name}</h3>
        <p class={css.summary}>{model.summary}</p>
        {model.licence.url !== '' && (
          <p class={css.licence}>
            <a href={model.licence.url} target="_blank" rel="noreferrer">
              {model.licence.name}
            </a>
          </p>
        )}
      </div>
      <dl class={css.facts}>
        <Fact term="Parameters" quantity={parameters(model.parameters)} />
        <Fact term="Download" quantity={sizeBytes === null ? null : size(sizeBytes)} about={!exact} />
        <Fact term="Memory" quantity={variant?.memoryBytes ? memory(variant.memoryBytes) : null} />
      </dl>
      <FitView row={row} />
      <Actions row={row} />
    </li>
  );
}

function Fact({
  term,
  quantity,
  about = false,
}: {
  term: string;
  quantity: Quantity | null;
  about?: boolean;
}) {
  return (
    <div class={css.fact}>
      <dt>{term}</dt>
      <dd>
        {quantity ? <Figure value={`${about ? '≈ ' : ''}${quantity.value}`} unit={quantity.unit} /> : UNKNOWN}
      </dd>
    </div>
  );
}

/** 800 million and more in billions, as models are called. */
function parameters(amount: number): Quantity | null {
  if (amount === 0) return null;
  const [scale, unit] = amount >= 0.75e9 ? [1e9, 'B'] : [1e6, 'M'];
  const value = amount / scale;
  return { value: value.toFixed(value < 10 ? 1 : 0), unit };
}

/** What fits needs no reason: the figures beside it are one. */
function FitView({ row: { variant, choice, fit } }: { row: Row }) {
  const verdict = variant ? (fit?.verdict ?? null) : 'does-not-fit';
  return (
    <div class={css.fit}>
      <p>
        {verdict && (
          <span class={css.verdict} data-verdict={verdict}>
            {VERDICTS[verdict]}
          </span>
        )}
        {variant && <span class={css.variant}>{variant.quantization}</span>}
      </p>
      {variant && <Speed id={variant.id} />}
      {fit && variant && fit.verdict !== 'fits' && <p>{fit.why}</p>}
      {!variant && <p>{choice}</p>}
    </div>
  );
}

/** Tokens per second, once something is known of this GPU's memory or of the model on it. */
function Speed({ id }: { id: string }) {
  const speed = expectation.value.speeds.get(id);
  if (!speed) return null;
  return (
    <p class={css.speed}>
      <Figure value={rateRange(speed.lowTps, speed.highTps)} unit="tok/s" />{' '}
      {speed.isMeasured ? 'measured here' : 'to expect'}
    </p>
  );
}

function Actions({ row }: { row: Row }) {
  const { model, variant, loadable, stored, custom } = row;
  const here =
    session.value !== 'absent' && session.value !== 'failed' && target.value?.variant.id === variant?.id;
  const taken = isOpening.value || session.value === 'busy';
  const waits = variant !== null && waitsForNetwork(variant);
  return (
    <div class={css.act}>
      <Button
        name={`${stored?.state === 'partial' ? 'Continue loading' : 'Load'} ${model.name}`}
        onIntent={loadable ? () => expectLoad(variant) : undefined}
        onClick={() => void load(row)}
        disabled={!loadable || taken || here || waits}
      >
        {stored?.state === 'partial' ? 'Continue' : 'Load'}
      </Button>
      <p class={css.stored}>{here && !taken ? 'On the GPU now' : standing(row, waits)}</p>
      {stored && (
        <Button
          look="quiet"
          name={`Delete ${model.name} from this device`}
          onClick={() => void removeModel(row)}
          disabled={taken}
        >
          Delete
        </Button>
      )}
      {custom && !stored && (
        <Button look="quiet" name={`Remove ${model.name} from the list`} onClick={() => forgetModel(row)}>
          Remove
        </Button>
      )}
    </div>
  );
}

/** What there is of a model on this device, and whether the rest cannot come now. */
function standing({ stored }: Row, waits: boolean): string {
  if (stored?.state === 'verified')
    return stored.isKept ? 'Stored here' : 'In memory until the page is closed';
  if (!stored) return waits ? 'Needs the network' : '';
  const { storedBytes: bytes, totalBytes } = stored;
  const part = totalBytes === null ? sizeText(bytes) : share(bytes, totalBytes);
  return waits ? `${part} stored, the rest needs the network` : `${part} stored`;
}
