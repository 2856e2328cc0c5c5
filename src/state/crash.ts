import { forget, keysOf, read, writeDurably } from '../store.ts';
import type { Target } from './session.ts';
import { knownTabs, stayKnown, TAB } from './tab.ts';

/** What a tab can die of without a word; iOS ends a page that takes too much memory, and drivers can take all down. */
export type RiskyStep = 'download' | 'weights' | 'shaders' | 'prefill' | 'benchmark';

/**
 * What was about to be done, written before it is done and deleted afterwards. One that is found without its tab tells
 * what that tab died of.
 *
 * It is in IndexedDB and flushed to the disk: localStorage is written some seconds later, and lost when the browser is
 * killed before.
 */
export interface Mark {
  step: RiskyStep;
  variant: string;
  modelName: string;
  /** Milliseconds since the epoch. */
  atMs: number;
}

const PREFIX = 'mark:';
const KEY = `${PREFIX}${TAB}` as const;
const STEPS: readonly unknown[] = [
  'download',
  'weights',
  'shaders',
  'prefill',
  'benchmark',
] satisfies RiskyStep[];

let leaving: boolean | null = null;

/** A browser whose storage hangs must not keep a model from being loaded. */
const PATIENCE_MS = 2000;

/** Say what is about to be done. Resolves when that is on the disk, or cannot be. */
export async function mark(step: RiskyStep, { model, variant }: Target): Promise<void> {
  followLeaving();
  if (leaving) return;
  const made: Mark = { step, variant: variant.id, modelName: model.name, atMs: Date.now() };
  const written = stayKnown().then(() => writeDurably(KEY, made));
  await Promise.race([written, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/** It went well, or failed with an error that was told. */
export function unmark(): void {
  forget(KEY);
}

/** Do something risky under its mark. */
export async function during<T>(step: RiskyStep, wanted: Target, work: () => Promise<T>): Promise<T> {
  await mark(step, wanted);
  try {
    return await work();
  } finally {
    unmark();
  }
}

/** The latest mark whose tab is gone, or null. Each is told once. */
export async function takeCrash(): Promise<Mark | null> {
  const keys = await keysOf(PREFIX);
  if (keys.length === 0) return null;
  const alive = await knownTabs();
  const orphans = keys.filter((key) => !alive?.has(key.slice(PREFIX.length)));
  const marks = await Promise.all(orphans.map((key) => read(key, parseMark)));
  for (const key of orphans) forget(key);
  return marks.filter((one) => one !== null).sort((a, b) => b.atMs - a.atMs)[0] ?? null;
}

export function parseMark(kept: unknown): Mark | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const { step, variant, modelName, atMs } = kept as Record<string, unknown>;
  if (!STEPS.includes(step) || typeof variant !== 'string' || typeof modelName !== 'string') return null;
  return { step: step as RiskyStep, variant, modelName, atMs: typeof atMs === 'number' ? atMs : 0 };
}

/** A page that is closed or reloaded on purpose has not crashed. */
function followLeaving(): void {
  if (leaving !== null || typeof addEventListener === 'undefined') return;
  leaving = false;
  addEventListener('pagehide', () => {
    leaving = true;
    unmark();
  });
  addEventListener('pageshow', () => (leaving = false));
}
