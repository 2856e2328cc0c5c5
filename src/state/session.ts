import { computed, signal } from '@preact/signals';
import type { CatalogModel } from '../engine/catalog.ts';
import type { Engine, EngineError, Loaded, LoadProgress, Variant } from '../engine/engine.ts';
import { engineError } from '../engine/failures.ts';
import type { DownloadProgress } from '../weights/weights.ts';
import { unmark } from './crash.ts';
import { doors } from './doors.ts';
import { noteFault } from './faults.ts';
import { isStored, isWhole } from './fetching.ts';
import { mayUseGpu } from './gpu-lock.ts';
import { notify } from './notices.ts';
import { bringUp, fetchFiles, mend, type Told } from './opening.ts';
import { Losses, wordedFor } from './recovery.ts';
import { toEngineError } from './thrown.ts';

/** `busy`: generating or measuring. The same word is on the root element, for people's eyes and for automation. */
export type SessionState = 'absent' | 'downloading' | 'loading' | 'ready' | 'busy' | 'failed';

/** A model together with the variant of it that was chosen for this GPU. */
export interface Target {
  model: CatalogModel;
  variant: Variant;
  /** The visitor wants it although it cannot be stored. */
  inMemory?: boolean;
}

export const session = signal<SessionState>('absent');
/** What is being opened, or what is open, or what could not be opened. */
export const target = signal<Target | null>(null);
export const download = signal<DownloadProgress | null>(null);
export const loading = signal<LoadProgress | null>(null);
export const loaded = signal<Loaded | null>(null);
/** Bytes that the last download came to; null before one, or when nothing told. */
export const fetchedBytes = signal<number | null>(null);
/** How long the last download took; null when nothing was fetched. */
export const fetchedMs = signal<number | null>(null);
/** The files were here already, so nothing was fetched. */
export const fromStore = signal(false);
/** Why there is no model; only while the session is `failed`. */
export const failure = signal<EngineError | null>(null);
/** Why the model is being loaded again without being asked; null when it is not. */
export const recovering = signal<EngineError | null>(null);

export const isOpening = computed(() => session.value === 'downloading' || session.value === 'loading');

let job: AbortController | null = null;
let open: Target | null = null;
const losses = new Losses();
/** A job that brings its model back itself, such as a benchmark of many cases, may do so after this many recent losses. */
const MOST_IN_JOB = 2;
/** Less than this is fetched again in no time. */
const WORTH_TELLING_BYTES = 10e6;

/**
 * Bring a model onto the GPU: fetch what is not stored, then load it. Resolves to true when it is ready. A failure or
 * a cancel is told by the signals and never thrown.
 */
export async function openModel(wanted: Target): Promise<boolean> {
  if (job) return false;
  job = new AbortController();
  target.value = wanted;
  if (!(await mayUseGpu())) return stayBehind();
  failure.value = null;
  try {
    session.value = 'downloading';
    fromStore.value = await isStored(wanted.variant);
    fetchedMs.value = null;
    const opening = { wanted, engine: engine(), stopped: job.signal, told };
    if (!fromStore.value) await fetchFiles(opening);
    settle(wanted, await bringUp(opening).catch((error: unknown) => mend(opening, toEngineError(error))));
    return true;
  } catch (error) {
    giveUp(toEngineError(error));
    return false;
  } finally {
    endOpening();
  }
}

/** Another tab keeps the GPU; what there was here is there still. */
function stayBehind(): false {
  job = null;
  target.value = open;
  failure.value = null;
  if (session.value === 'failed') session.value = 'absent';
  return false;
}

/** Stop opening a model. What was downloaded stays, and the next attempt goes on from there. */
export function cancelOpening(): void {
  if (isOpening.value) job?.abort();
}

/**
 * What somebody does with the engine. `recover` brings a model back that was lost meanwhile, in a fresh worker and
 * from the store; it throws when that is no use any more.
 */
export type Work<T> = (engine: Engine, signal: AbortSignal, recover: () => Promise<void>) => Promise<T>;

/**
 * Let somebody use the engine while nobody else may. A failed job leaves the session `ready` when the model is still
 * there. When the GPU or the worker is gone, the model is loaded again once. The error is thrown on either way.
 */
export async function useEngine<T>(work: Work<T>): Promise<T> {
  if (session.value !== 'ready' || job) {
    throw engineError(session.value === 'busy' ? 'busy' : 'not-loaded');
  }
  const { signal: stopped } = (job = new AbortController());
  session.value = 'busy';
  let error = engineError('device-lost');
  try {
    return await work(engine(), stopped, () => recoverInJob(stopped));
  } catch (thrown) {
    error = toEngineError(thrown);
    throw error;
  } finally {
    job = null;
    if (!engine().describe()) loseModel(error);
    else if (session.value === 'busy') session.value = 'ready';
  }
}

async function recoverInJob(stopped: AbortSignal): Promise<void> {
  if (engine().describe()) return;
  if (!open || !losses.count(performance.now(), MOST_IN_JOB)) throw engineError('not-loaded');
  loaded.value = await engine().load(open.variant, { signal: stopped });
}

/** Ask the job in hand to stop; the session changes when the engine says that it did. */
export function stopWork(): void {
  if (session.value === 'busy') job?.abort();
}

/** Free the GPU. */
export async function closeModel(): Promise<void> {
  if (session.value !== 'ready') return;
  await engine().unload();
  open = null;
  loaded.value = null;
  target.value = null;
  session.value = 'absent';
}

/**
 * Start what a load will need, because a load seems near: the pointer or the focus is on its button. Not before a long
 * download: the engine would hold 100 MB all the while.
 */
export function expectLoad(variant: Variant | null | undefined): void {
  const isSoon = variant && (isWhole(variant) || (variant.sizeBytes ?? Infinity) < WORTH_TELLING_BYTES);
  if (isSoon && (session.value === 'absent' || session.value === 'failed')) engine().preload();
}

/** A model that is lost while nothing is asked of it is told here. */
function engine(): ReturnType<typeof doors.engine> {
  return doors.engine((error) => {
    noteFault('idle', error);
    loseModel(error);
  });
}

/** What an opening tells becomes what the page shows. */
const told: Told = {
  onPhase: (phase) => void (session.value = phase),
  onFetch: () => void (fromStore.value = false),
  onDownload(progress) {
    if (session.value === 'downloading') download.value = progress;
  },
  onFetched(bytes, ms) {
    fetchedBytes.value = bytes;
    fetchedMs.value = ms;
  },
  onLoad(progress) {
    if (session.value === 'loading') loading.value = progress;
  },
  onLost(error) {
    if (!losses.count(performance.now())) return false;
    noteFault('load', error);
    recovering.value = error;
    return true;
  },
};

function settle(wanted: Target, facts: Loaded): void {
  open = wanted;
  loaded.value = facts;
  session.value = 'ready';
}

/** After a failed or cancelled opening: back to the model that was there before, if it still is. */
function giveUp(error: EngineError): void {
  const still = open !== null && engine().describe() !== null;
  if (!still) {
    open = null;
    loaded.value = null;
  }
  if (error.code === 'aborted') {
    tellKept();
    session.value = still ? 'ready' : 'absent';
    target.value = still ? open : null;
  } else {
    noteFault('load', error);
    fail(error);
  }
}

function fail(error: EngineError): void {
  failure.value = wordedFor(error, losses.recent(performance.now()));
  session.value = 'failed';
}

function endOpening(): void {
  unmark();
  job = null;
  download.value = null;
  loading.value = null;
  recovering.value = null;
}

/** A cancelled download is not lost, which nobody would guess. */
function tellKept(): void {
  const bytes = session.value === 'downloading' ? (download.value?.doneBytes ?? 0) : 0;
  if (bytes > WORTH_TELLING_BYTES) notify('What has arrived is kept. The next Load goes on from there.');
}

/** The model is gone: load it again from the store in a fresh worker, once, or else say what to do. */
function loseModel(error: EngineError): void {
  const lost = open;
  open = null;
  loaded.value = null;
  if (lost && losses.count(performance.now())) void reload(lost, error);
  else fail(error);
}

async function reload(lost: Target, error: EngineError): Promise<void> {
  const { signal: stopped } = (job = new AbortController());
  recovering.value = error;
  try {
    settle(lost, await bringUp({ wanted: lost, engine: engine(), stopped, told }));
  } catch (thrown) {
    giveUp(toEngineError(thrown));
  } finally {
    endOpening();
  }
}
