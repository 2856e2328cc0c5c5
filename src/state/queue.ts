import { computed, signal } from '@preact/signals';
import { planFor, type Plan } from '../bench/plan.ts';
import { modelOf } from '../engine/catalog.ts';
import { cancelMeasuring, measureModel } from './benchmark.ts';
import { benchFailure } from './measuring.ts';
import { cancelOpening, closeModel, failure, openModel, session, type Target } from './session.ts';
import { refreshStored } from './stored.ts';

/** Several models by one plan, one after the other, each in a fresh worker. */
export interface QueueItem {
  target: Target;
  state: 'waiting' | 'opening' | 'measuring' | 'done' | 'skipped';
  /** Why it was skipped, or not measured to its end. */
  reason: string | null;
  /** In the history; results come there one by one. */
  resultId: string | null;
}

/** In the order of measuring; kept until another queue is started. */
export const queue = signal<readonly QueueItem[]>([]);
export const isQueueRunning = signal(false);
/** The model in hand. */
export const queueNow = computed(
  () => queue.value.find(({ state }) => state === 'opening' || state === 'measuring') ?? null,
);

let isCancelled = false;

/** Measure the models; what is not stored is downloaded, which the visitor has agreed to. Never throws: each item tells. */
export async function runQueue(targets: readonly Target[], plan: Plan): Promise<void> {
  if (isQueueRunning.value || session.value === 'busy') return;
  isQueueRunning.value = true;
  isCancelled = false;
  queue.value = targets.map((target) => ({ target, state: 'waiting', reason: null, resultId: null }));
  try {
    for (const at of targets.keys()) await take(at, plan);
  } finally {
    isQueueRunning.value = false;
  }
}

/** Leave the model in hand, and go on with the next one. */
export function skipInQueue(): void {
  if (!isQueueRunning.value) return;
  cancelOpening();
  cancelMeasuring();
}

/** End the queue; what is finished is kept. */
export function cancelQueue(): void {
  isCancelled = isQueueRunning.value;
  skipInQueue();
}

async function take(at: number, plan: Plan): Promise<void> {
  const { target } = queue.value[at]!;
  if (isCancelled) return change(at, { state: 'skipped', reason: 'The queue was ended before its turn.' });
  change(at, { state: 'opening' });
  // Closing ends the worker, so that no model finds the GPU as another one left it.
  await closeModel();
  const opened = await openModel(target);
  void refreshStored();
  if (!opened) return change(at, { state: 'skipped', reason: failure.value?.message ?? SKIPPED });
  change(at, { state: 'measuring' });
  const thinks = modelOf(target.variant.id)?.thinks ?? false;
  const entry = await measureModel(planFor(plan, thinks));
  if (!entry) return change(at, { state: 'skipped', reason: benchFailure.value?.message ?? SKIPPED });
  const reason = entry.result.aborted ? 'Ended early; what was finished is kept.' : null;
  change(at, { state: 'done', resultId: entry.id, reason });
}

const SKIPPED = 'Skipped by you.';

function change(at: number, to: Partial<QueueItem>): void {
  queue.value = queue.value.map((item, index) => (index === at ? { ...item, ...to } : item));
}
