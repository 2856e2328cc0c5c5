import { read, write } from '../store.ts';
import type { Holder } from '../weights/weights.ts';
import { doors } from './doors.ts';
import { act, dismiss, notify } from './notices.ts';
import { closeModel, isOpening, session, target } from './session.ts';
import { findStored, leaving, refreshStored, storedModels } from './stored.ts';
import { toEngineError } from './thrown.ts';

/** Long enough to think twice. */
const UNDO_MS = 9000;

const HELD: Record<Holder, string> = {
  engine: 'is running in another tab, so it stays. Close it there, then delete it.',
  job: 'is being downloaded or checked just now, so it stays. Stop that, or wait for its end, then delete it.',
};

/** The notice that stands for each deletion that can still be taken back. */
const undoable = new Map<string, number>();
/** Deletions that cannot. */
const running = new Map<string, Promise<void>>();

/**
 * Delete a model's files. They go when the notice does, so it can be taken back until then. A model that is used is
 * refused at once, with the reason; one on this page's GPU also with a way to have it both ways.
 */
export async function removeStored(id: string, name: string): Promise<void> {
  if (!findStored(id)) return;
  if (isOnGpu(id)) return refuse(id, name);
  const holder = await doors
    .weights()
    .heldBy(id)
    .catch(() => null);
  if (holder) notify(`${name} ${HELD[holder]}`);
  else leave(id, name);
}

/** Take a deletion back, if it still can be. */
export function keepStored(id: string): void {
  const notice = undoable.get(id);
  if (notice !== undefined) act(notice);
}

/** Make all deletions final now, and wait until their space is free. */
export async function finishRemovals(): Promise<void> {
  for (const notice of undoable.values()) dismiss(notice);
  await Promise.all(running.values());
}

/** Finish what a page that was closed or killed meanwhile had promised to delete. */
export async function resumeRemovals(): Promise<void> {
  const promised = (await read('leaving', parseLeaving)) ?? [];
  for (const { id, atMs } of promised) {
    // Another tab may still offer to undo it.
    setTimeout(() => void resume(id), Math.max(0, atMs + UNDO_MS + 1000 - Date.now()));
  }
}

async function resume(id: string): Promise<void> {
  const promised = (await read('leaving', parseLeaving)) ?? [];
  const isLoaded = storedModels.value.some((model) => model.id === id) && isOnGpu(id);
  if (promised.some((one) => one.id === id) && !isLoaded) await remove(id);
}

/** This page's engine has the model, or is about to. */
function isOnGpu(id: string): boolean {
  const held = isOpening.value || session.value === 'ready' || session.value === 'busy';
  return held && target.value?.variant.id === id;
}

function refuse(id: string, name: string): void {
  const free = async () => {
    await closeModel();
    leave(id, name);
  };
  const action = { label: 'Free the GPU and delete it', run: () => void free() };
  notify(`${name} is on the GPU, so it stays.`, session.value === 'ready' ? { action } : {});
}

function leave(id: string, name: string): void {
  leaving.value = new Set([...leaving.value, id]);
  const notice = notify(`${name} is being deleted from this device.`, {
    stayMs: UNDO_MS,
    action: { label: 'Undo', run: () => stay(id) },
    onLapse: () => {
      undoable.delete(id);
      running.set(
        id,
        remove(id).finally(() => running.delete(id)),
      );
    },
  });
  undoable.set(id, notice);
  void promise(id, true);
}

function stay(id: string): void {
  undoable.delete(id);
  leaving.value = new Set([...leaving.value].filter((other) => other !== id));
  void promise(id, false);
}

async function remove(id: string): Promise<void> {
  try {
    await doors.weights().remove(id);
  } catch (error) {
    const { message, hint } = toEngineError(error);
    notify(`${message} ${hint}`);
  }
  await refreshStored();
  stay(id);
}

/** What was deleted stays deleted, even if the page is killed before its time to undo is over. */
async function promise(id: string, isLeaving: boolean): Promise<void> {
  const others = ((await read('leaving', parseLeaving)) ?? []).filter((one) => one.id !== id);
  await write('leaving', isLeaving ? [...others, { id, atMs: Date.now() }] : others);
}

function parseLeaving(kept: unknown): { id: string; atMs: number }[] | null {
  if (!Array.isArray(kept)) return null;
  return kept.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const { id, atMs } = one as Record<string, unknown>;
    return typeof id === 'string' && typeof atMs === 'number' ? [{ id, atMs }] : [];
  });
}
