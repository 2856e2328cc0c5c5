import { signal } from '@preact/signals';
import type { EngineError } from '../engine/engine.ts';
import { load } from './launch.ts';
import { addModel, rows, type Row } from './models.ts';
import { parseAsked } from './route.ts';
import { toEngineError } from './thrown.ts';

/** The model that the page's address asks for: its row, or why there is none. */
export interface Asked {
  row: Row | null;
  error: EngineError | null;
}

export const asked = signal<Asked | null>(null);

/** Prepare the model of `?model=&lib=`. Nothing is fetched before the visitor says so. */
export function readAsked(search: string): void {
  const wish = parseAsked(search);
  if (!wish) return;
  try {
    asked.value = { row: addModel(wish.modelUrl, wish.libUrl), error: null };
  } catch (error) {
    asked.value = { row: null, error: toEngineError(error) };
  }
}

export async function loadAsked(): Promise<void> {
  const id = asked.value?.row?.model.id;
  // Its row as it is now: the GPU may have become known since.
  const row = rows.value.find(({ model }) => model.id === id);
  if (row && (await load(row))) dismissAsked();
}

/** The wish is settled, so the address forgets it as well. */
export function dismissAsked(): void {
  asked.value = null;
  history.replaceState(null, '', location.pathname + location.hash);
}
