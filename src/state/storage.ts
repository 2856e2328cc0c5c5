import { computed, signal } from '@preact/signals';
import { isShellKept, keepEngineOffline } from '../offline.ts';
import type { DownloadProgress, Readiness, Space, StoredModel } from '../weights/weights.ts';
import { doors } from './doors.ts';
import { fetchModel } from './fetching.ts';
import { targetOf } from './models.ts';
import { notify } from './notices.ts';
import { planeLine, type PlaneLine } from './plane.ts';
import { askToKeep, isKept, leaving, persistence, refreshStored, storedModels, storeJobs } from './stored.ts';
import { toEngineError } from './thrown.ts';

/** What is being done with a stored model. */
export interface Job {
  kind: 'check' | 'fetch';
  progress: DownloadProgress | null;
  stop: () => void;
}

/** How the latest job of a model ended. */
export interface Outcome {
  good: boolean;
  text: string;
  /** What to do next; empty when there is nothing to do. */
  hint: string;
}

export const space = signal<Space | null>(null);
export const jobs = signal<ReadonlyMap<string, Job>>(new Map());
export const outcomes = signal<ReadonlyMap<string, Outcome>>(new Map());
/** The page and the engine are in the service worker; null while it was not asked. */
export const shellKept = signal<boolean | null>(null);
const readiness = signal<ReadonlyMap<string, Readiness>>(new Map());

/** Bytes that come back when what is being deleted is gone. */
export const leavingBytes = computed(() =>
  storedModels.value.filter(({ id }) => leaving.value.has(id)).reduce((sum, one) => sum + one.storedBytes, 0),
);

const SHELL_PATIENCE_MS = 60_000;
const SHELL_STEP_MS = 500;

/** Look at everything again: the models, their readiness, the room that is left, and what the browser promised. */
export async function refreshStorage(): Promise<void> {
  await refreshStored();
  try {
    const weights = doors.weights();
    const ids = storedModels.value.map(({ id }) => id);
    const found = await Promise.all(ids.map(async (id) => [id, await weights.ready(id)] as const));
    readiness.value = new Map(found);
    persistence.value = found[0]?.[1].persistence ?? persistence.value;
    space.value = await weights.space();
    isKept.value = space.value.isKept;
  } catch (error) {
    notify(toEngineError(error).message);
  }
  shellKept.value = await isShellKept();
}

/** Whether a model would run on a plane; null while that is not known. */
export function planeLineOf(id: string): PlaneLine | null {
  const ready = readiness.value.get(id);
  if (!ready || shellKept.value === null) return null;
  return planeLine(ready, {
    shellKept: shellKept.value,
    canKeepShell: canKeepShell(),
    isKept: isKept.value,
    isStored: storedModels.value.find((model) => model.id === id)?.isKept ?? true,
    persistence: persistence.value,
  });
}

/** False in a browser that has no service workers here, or keeps nothing. */
export function canKeepShell(): boolean {
  return isKept.value && 'serviceWorker' in navigator;
}

/** Keep the page and the engine as well, and wait until they are there. */
export async function keepShell(): Promise<void> {
  const until = performance.now() + SHELL_PATIENCE_MS;
  await keepEngineOffline();
  while (!(await isShellKept()) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, SHELL_STEP_MS));
  }
  shellKept.value = await isShellKept();
  if (!shellKept.value) notify('The page could not be kept. Check the connection, then try again.');
}

/** Read every stored byte of a model again and compare it with its hash. */
export async function verifyStored({ id }: StoredModel): Promise<void> {
  await work(id, 'check', async (options) => {
    const { dropped, model } = await doors.weights().verify(id, options);
    if (dropped.length > 0) return damaged(dropped.length);
    const files = model.files.filter(({ state }) => state === 'verified').length;
    return { good: true, text: `Checked just now: all ${files} files are as they should be.`, hint: '' };
  });
}

/** Fetch what is missing of a model, without loading it. */
export async function continueStored(stored: StoredModel): Promise<void> {
  const { variant } = targetOf(stored);
  void askToKeep();
  await work(stored.id, 'fetch', async (options) => {
    await fetchModel(variant, options);
    return { good: true, text: 'Complete, and every file checked.', hint: '' };
  });
}

/** Hand a model over as one file, which the browser saves where it saves downloads. */
export async function exportStored({ id }: StoredModel): Promise<void> {
  try {
    const url = URL.createObjectURL(await doors.weights().export(id));
    const link = Object.assign(document.createElement('a'), { href: url, download: `${id}.tar` });
    link.click();
    // The browser takes hold of the bytes when the download begins, which is not told.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    tell(id, { good: true, text: `Saving ${id}.tar. Import it on any other device.`, hint: '' });
  } catch (error) {
    tell(id, outcomeOf(error));
  }
}

function damaged(files: number): Outcome {
  const text =
    files === 1 ? 'One file was damaged and is deleted.' : `${files} files were damaged and are deleted.`;
  return { good: false, text, hint: 'Continue fetches what is missing.' };
}

interface WorkOptions {
  signal: AbortSignal;
  onProgress: (progress: DownloadProgress) => void;
}

/** One job of a model, with its progress and its end. */
async function work(
  id: string,
  kind: Job['kind'],
  run: (options: WorkOptions) => Promise<Outcome>,
): Promise<void> {
  if (jobs.value.has(id)) return;
  const controller = new AbortController();
  const show = (progress: DownloadProgress | null) => {
    jobs.value = new Map(jobs.value).set(id, { kind, progress, stop: () => controller.abort() });
  };
  show(null);
  tell(id, null);
  storeJobs.value += 1;
  try {
    const onProgress = (progress: DownloadProgress) => void (jobs.value.has(id) && show(progress));
    tell(id, await run({ signal: controller.signal, onProgress }));
  } catch (error) {
    tell(id, outcomeOf(error, kind));
  } finally {
    storeJobs.value -= 1;
    jobs.value = new Map([...jobs.value].filter(([other]) => other !== id));
    await refreshStorage();
  }
}

function outcomeOf(error: unknown, kind?: Job['kind']): Outcome {
  const { code, message, hint } = toEngineError(error);
  if (code !== 'aborted') return { good: false, text: message, hint };
  if (kind === 'check') return { good: true, text: 'The check was stopped before its end.', hint: '' };
  return { good: true, text: 'Paused. What has arrived is kept.', hint: '' };
}

function tell(id: string, outcome: Outcome | null): void {
  const others = new Map([...outcomes.value].filter(([other]) => other !== id));
  outcomes.value = outcome ? others.set(id, outcome) : others;
}
