import { open } from '../state/launch.ts';
import { targetOf } from '../state/models.ts';
import { canRun } from '../state/gpu.ts';
import { removeStored } from '../state/removal.ts';
import { expectLoad, isOpening, session, target } from '../state/session.ts';
import {
  continueStored,
  exportStored,
  jobs,
  outcomes,
  planeLineOf,
  verifyStored,
  type Job,
} from '../state/storage.ts';
import { waitsForNetwork } from '../state/stored.ts';
import { Button } from './parts/Button.tsx';
import { Figure } from './parts/Figure.tsx';
import css from './StoredRow.module.css';
import { Underway } from './Underway.tsx';
import { ago, share, size } from './words.ts';

/** As it comes from the store, through `staying`. */
interface Props {
  stored: Parameters<typeof verifyStored>[0];
}

/** One stored model: what there is of it, whether it would run on a plane, and what can be done with it. */
export function StoredRow({ stored }: Props) {
  const { model, variant } = targetOf(stored);
  const job = jobs.value.get(stored.id);
  return (
    <li class={css.row}>
      <div class={css.about}>
        <h3>{model.name}</h3>
        <p class={css.from}>
          <code>{variant.quantization}</code> from {hostOf(stored.modelUrl)}
        </p>
      </div>
      <Facts stored={stored} />
      <Plane id={stored.id} />
      {job ? <JobView job={job} name={model.name} /> : <Actions stored={stored} name={model.name} />}
      <Ending id={stored.id} />
    </li>
  );
}

function Facts({ stored: { state, storedBytes, totalBytes, files, usedMs } }: Props) {
  const verified = files.filter((file) => file.state === 'verified').length;
  return (
    <dl class={css.facts}>
      <div>
        <dt>Size</dt>
        <dd>
          {state === 'verified' || totalBytes === null ? (
            <Figure {...size(storedBytes)} />
          ) : (
            <Figure value={share(storedBytes, totalBytes)} />
          )}
        </dd>
      </div>
      <div>
        <dt>Files verified</dt>
        <dd>
          <Figure value={`${verified} of ${files.length}`} />
        </dd>
      </div>
      <div>
        <dt>Last used</dt>
        <dd>{ago(usedMs)}</dd>
      </div>
    </dl>
  );
}

function Plane({ id }: { id: string }) {
  const line = planeLineOf(id);
  return (
    <p class={css.plane} data-ready={line?.ready}>
      {line?.text ?? ' '}
    </p>
  );
}

function Actions({ stored, name }: Props & { name: string }) {
  const whole = stored.state === 'verified';
  const gone = session.value === 'absent' || session.value === 'failed';
  const here = !gone && target.value?.variant.id === stored.id;
  const taken = isOpening.value || session.value === 'busy';
  const waits = waitsForNetwork(targetOf(stored).variant);
  return (
    <div class={css.actions}>
      {here && !taken && <p class={css.here}>On the GPU now</p>}
      {whole && !here && (
        <Button
          name={`Load ${name}`}
          onIntent={() => expectLoad(stored.variant)}
          onClick={() => void open(targetOf(stored))}
          disabled={taken || !canRun.value}
        >
          Load
        </Button>
      )}
      {!whole && (
        <Button
          name={`Continue downloading ${name}`}
          onClick={() => void continueStored(stored)}
          disabled={(taken && here) || waits}
        >
          Continue
        </Button>
      )}
      {waits && <p class={css.here}>The rest needs the network</p>}
      <Button look="quiet" name={`Verify again: ${name}`} onClick={() => void verifyStored(stored)}>
        Verify again
      </Button>
      {whole && (
        <Button look="quiet" name={`Export ${name} as one file`} onClick={() => void exportStored(stored)}>
          Export
        </Button>
      )}
      <Button
        look="quiet"
        name={`Delete ${name} from this device`}
        onClick={() => void removeStored(stored.id, name)}
        disabled={taken && here}
      >
        Delete
      </Button>
    </div>
  );
}

const JOBS: Record<Job['kind'], { label: string; stop: string }> = {
  check: { label: 'Reading every byte again', stop: 'Stop' },
  fetch: { label: 'Downloading', stop: 'Pause' },
};

function JobView({ job: { kind, progress, stop }, name }: { job: Job; name: string }) {
  const { label, stop: word } = JOBS[kind];
  return (
    <Underway
      name={`${label}: ${name}`}
      words={progress?.note ?? label}
      progress={progress}
      stopWord={word}
      stopName={`${word} ${label.toLowerCase()}: ${name}`}
      onStop={stop}
    />
  );
}

function Ending({ id }: { id: string }) {
  const outcome = outcomes.value.get(id);
  return (
    <output class={css.ending} data-good={outcome?.good}>
      {outcome && `${outcome.text} ${outcome.hint}`}
    </output>
  );
}

/** Where a model came from, as people know it. */
function hostOf(modelUrl: string): string {
  const { host } = new URL(modelUrl, document.baseURI);
  if (host.endsWith('.invalid')) return 'a file of yours';
  if (host === location.host) return 'this site';
  return host;
}
