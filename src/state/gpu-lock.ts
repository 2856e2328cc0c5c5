import { signal } from '@preact/signals';
import { heldLocks, hold, TAB } from './tab.ts';

/**
 * How tabs agree about the one GPU. A tab that has a model on it, or is about to, holds a Web Lock that names both:
 *
 *     runs-here-gpu:<tab>:<name of the model>
 *
 * The browser frees it when the tab ends, however that comes about. Over a BroadcastChannel one tab asks another to
 * unload its model; a freed lock is the answer, and `busy` the only other one.
 */
const LOCK = 'runs-here-gpu:';
const CHANNEL = 'runs-here-gpu';
/** A tab that has not answered within this time will not. */
const PATIENCE_MS = 4000;

/** A model that another tab has on the GPU, and what became of asking for it. */
export interface Rival {
  tab: string;
  modelName: string;
  state: 'idle' | 'asked' | 'busy' | 'silent';
}

/** Not null while the visitor is asked what to do about another tab's model. */
export const rival = signal<Rival | null>(null);

let decide: (go: boolean) => void = () => undefined;
let held: Promise<() => void> | null = null;
let heldName: string | null = null;

/** Tell other tabs which model this one has on the GPU; null for none. */
export function showOnGpu(modelName: string | null): void {
  if (modelName === heldName) return;
  heldName = modelName;
  void held?.then((release) => release());
  held = modelName === null ? null : hold(`${LOCK}${TAB}:${modelName}`);
}

/**
 * Whether a model may be loaded here now. Resolves at once when no other tab has one; else the visitor decides, or the
 * other tab by leaving the GPU.
 */
export async function mayUseGpu(): Promise<boolean> {
  const other = await findRival();
  if (!other) return true;
  const asking = new AbortController();
  rival.value = other;
  const go = await new Promise<boolean>((resolve) => {
    decide = resolve;
    void freed(other, asking.signal).then((free) => free && resolve(true));
  });
  asking.abort();
  rival.value = null;
  return go;
}

/** Ask the other tab to unload its model; loading goes on when it has. */
export async function takeOver(): Promise<void> {
  const other = rival.value;
  if (!other) return;
  rival.value = { ...other, state: 'asked' };
  const state = await ask(other.tab);
  if (rival.value?.tab === other.tab) rival.value = { ...other, state };
}

export function loadAnyway(): void {
  decide(true);
}

export function stayAway(): void {
  decide(false);
}

/** Answer other tabs from now on. `leave` frees the GPU and resolves to true, or to false when it is needed here. */
export function answerTabs(leave: () => Promise<boolean>): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isMessage(data) || data.to !== TAB || data.says !== 'leave') return;
    void leave().then((left) => left || channel.postMessage({ to: data.from, from: TAB, says: 'busy' }));
  });
}

interface TabMessage {
  to: string;
  from: string;
  says: 'leave' | 'busy';
}

function isMessage(data: unknown): data is TabMessage {
  return typeof data === 'object' && data !== null && 'to' in data && 'from' in data && 'says' in data;
}

async function findRival(): Promise<Rival | null> {
  for (const name of (await heldLocks()) ?? []) {
    const [, tab, modelName] = /^runs-here-gpu:([^:]+):(.*)$/s.exec(name) ?? [];
    if (tab && modelName && tab !== TAB) return { tab, modelName, state: 'idle' };
  }
  return null;
}

/** Resolves to true when the other tab's lock is free, to false when the waiting is over before. */
function freed({ tab, modelName }: Rival, stopped: AbortSignal): Promise<boolean> {
  return navigator.locks
    .request(`${LOCK}${tab}:${modelName}`, { signal: stopped }, async () => true)
    .catch(() => false);
}

/** What another tab says to leaving; nothing is heard from one that leaves. */
function ask(tab: string): Promise<'busy' | 'silent'> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<'busy' | 'silent'>((resolve) => {
    setTimeout(resolve, PATIENCE_MS, 'silent');
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isMessage(data) && data.to === TAB && data.from === tab && data.says === 'busy') resolve('busy');
    });
    channel.postMessage({ to: tab, from: TAB, says: 'leave' } satisfies TabMessage);
  }).finally(() => channel.close());
}
