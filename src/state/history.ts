import { batch, signal } from '@preact/signals';
import type { Result } from '../bench/result.ts';
import { read, write } from '../store.ts';
import { notify } from './notices.ts';

/** A result that is kept on this device. */
export interface Entry {
  id: string;
  result: Result;
}

const MOST_ENTRIES = 200;

/** Newest first. */
export const history = signal<readonly Entry[]>([]);

/** What was kept is there; until then nobody knows whether an id is gone. */
export const isRestored = signal(false);

let restored: Promise<void> | null = null;

/** Keep a result. Resolves to its entry, kept or not; a notice tells when the browser keeps nothing. */
export async function keepResult(result: Result): Promise<Entry> {
  await restoreHistory();
  const entry: Entry = { id: crypto.randomUUID(), result };
  await replace([entry, ...history.value].slice(0, MOST_ENTRIES));
  return entry;
}

/** Take a result away, with a way back. */
export function forgetResult(id: string): void {
  const before = history.value;
  void replace(before.filter((entry) => entry.id !== id));
  notify('The measurement is deleted.', { action: { label: 'Undo', run: () => void replace(before) } });
}

/** Read what was kept, once. */
export function restoreHistory(): Promise<void> {
  restored ??= readHistory();
  return restored;
}

async function readHistory(): Promise<void> {
  // Reading a result needs most of the bench, which the first page does without.
  const { parse } = await import('../bench/parse.ts');
  const kept = await read('history', (value) => parseHistory(value, parse));
  batch(() => {
    if (kept) history.value = [...history.value, ...kept];
    isRestored.value = true;
  });
}

/** Accept what was stored; entries that make no sense are left out. */
export function parseHistory(kept: unknown, parse: (value: unknown) => Result | null): Entry[] | null {
  if (!Array.isArray(kept)) return null;
  return kept.flatMap((one: unknown): Entry[] => {
    if (typeof one !== 'object' || one === null) return [];
    const { id, result } = one as Record<string, unknown>;
    const parsed = parse(result);
    return typeof id === 'string' && parsed ? [{ id, result: parsed }] : [];
  });
}

async function replace(next: readonly Entry[]): Promise<void> {
  history.value = next;
  const kept = await write('history', next);
  if (!kept) notify('This browser does not keep measurements here; they last until the tab is closed.');
}
