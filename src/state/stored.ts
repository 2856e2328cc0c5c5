import { computed, signal } from '@preact/signals';
import type { Variant } from '../engine/engine.ts';
import type { Persistence, StoredModel } from '../weights/weights.ts';
import { doors } from './doors.ts';
import { isOutOfReach } from './network.ts';
import { notify } from './notices.ts';
import { toEngineError } from './thrown.ts';

/** What the store has, those that are about to be deleted included. */
export const storedModels = signal<readonly StoredModel[]>([]);
/** Models that disappear unless the visitor takes it back. */
export const leaving = signal<ReadonlySet<string>>(new Set());
/** False: this browser stores nothing, so a model is in memory and gone with the page. */
export const isKept = signal(true);
/** Whether the browser promised to keep what is stored; null while it was not asked. */
export const persistence = signal<Persistence | null>(null);
/** The browser was asked for that promise in this visit. */
export const asked = signal(false);
/** Downloads, checks and imports of the storage page that run now. An update of the page waits for them. */
export const storeJobs = signal(0);

export const staying = computed(() => storedModels.value.filter(({ id }) => !leaving.value.has(id)));

/** Bytes that all stored models take up; in a browser that keeps nothing, those in memory. */
export const storedBytes = computed(() =>
  staying.value
    .filter((model) => model.isKept || !isKept.value)
    .reduce((sum, model) => sum + model.storedBytes, 0),
);

/** What is stored, from the store. */
export async function refreshStored(): Promise<void> {
  try {
    const models = await doors.weights().list();
    // A browser that keeps nothing may still hold models in memory, and "stored" would be a lie.
    if (models.length > 0) ({ isKept: isKept.value } = await doors.weights().space());
    storedModels.value = models;
  } catch (error) {
    storedModels.value = [];
    const { message, hint } = toEngineError(error);
    notify(`${message} ${hint}`);
  }
}

export function findStored(id: string): StoredModel | null {
  return staying.value.find((model) => model.id === id) ?? null;
}

/** It could only be loaded with a network, and there is none. */
export function waitsForNetwork(variant: Variant): boolean {
  return isOutOfReach(variant) && findStored(variant.id)?.state !== 'verified';
}

/** Ask the browser to keep what is stored. Only after a click: Firefox asks the visitor. */
export async function askToKeep(): Promise<void> {
  try {
    persistence.value = await doors.weights().askPersist();
  } catch {
    persistence.value = 'denied';
  }
  asked.value = true;
}
