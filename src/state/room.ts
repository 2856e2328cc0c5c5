import { computed, signal } from '@preact/signals';
import { doors } from './doors.ts';
import { target } from './session.ts';
import { leaving, refreshStored, storedModels } from './stored.ts';

/** What the model that does not fit needs, and what there is. */
export interface Room {
  wantedId: string | null;
  /** Bytes that are still to be stored; null while the list of the model's files is not known. */
  neededBytes: number | null;
  /** Null where the browser does not tell. */
  freeBytes: number | null;
  /** What comes back from the models that are being deleted. */
  freedBytes: number;
}

const freeBytes = signal<number | null>(null);

export const room = computed<Room>(() => {
  const variant = target.value?.variant ?? null;
  const wanted = storedModels.value.find(({ id }) => id === variant?.id);
  const total = wanted?.totalBytes ?? variant?.sizeBytes ?? null;
  const neededBytes = total === null ? null : Math.max(0, total - (wanted?.storedBytes ?? 0));
  const freedBytes = storedModels.value
    .filter(({ id }) => leaving.value.has(id))
    .reduce((sum, model) => sum + model.storedBytes, 0);
  return { wantedId: variant?.id ?? null, neededBytes, freeBytes: freeBytes.value, freedBytes };
});

/** Ask the browser again how much fits. */
export async function refreshRoom(): Promise<void> {
  await refreshStored();
  const space = await doors
    .weights()
    .space()
    .catch(() => null);
  freeBytes.value = space?.freeBytes ?? null;
}
