import { computed } from '@preact/signals';
import { turns } from './conversation.ts';
import { demo, type Row } from './models.ts';
import { notify } from './notices.ts';
import { finishRemovals, keepStored } from './removal.ts';
import { go, route } from './route.ts';
import { failure, openModel, session, target, type Target } from './session.ts';
import { askToKeep, isKept, refreshStored, waitsForNetwork } from './stored.ts';

/** The question that the page asks the demo model by itself, so that the first answer takes no typing. */
const FIRST_QUESTION = 'Tell me a story about a brave fox.';

/** What the models that the app carries answer well. */
const CARRIED_SAMPLES: Record<string, string[] | undefined> = {
  demo: [
    'Tell me a story about a small robot.',
    'Tell me a joke.',
    'What is a token?',
    'Does my text leave my device?',
  ],
  'demo-thinks': [
    'Why is the sky blue?',
    'What is WebGPU?',
    'Write a haiku about the sea.',
    'Write a poem about the moon.',
  ],
};

const SAMPLES = [
  'Explain in three sentences how a GPU runs a language model.',
  'Write a haiku about latency.',
  'Give me five names for a black cat.',
  'What should I cook from eggs, rice and spinach?',
];

/** Questions that suit the model. */
export const samples = computed(() => CARRIED_SAMPLES[target.value?.model.id ?? ''] ?? SAMPLES);

/** The demo model is not on this device, and there is no network to fetch it. */
export const demoWaits = computed(() => {
  const variant = demo.value?.variant;
  return Boolean(variant && waitsForNetwork(variant));
});

/** What running the demo model costs, in words. */
export const demoCost = computed(() => {
  const row = demo.value;
  if (row?.stored?.state === 'verified') return 'It is on this device already: a second or two.';
  if (demoWaits.value) return 'It needs the network, for it is not on this device yet.';
  const megabytes = Math.max(1, Math.round((row?.sizeBytes ?? 3e6) / 1e6));
  return `${megabytes} MB, a few seconds.`;
});

/** Fetch what is missing, load it, and begin to talk. */
export async function runDemo(): Promise<void> {
  const row = demo.value;
  // Two megabytes are no reason for the question that Firefox would ask.
  if (row?.variant && row.loadable) await open({ model: row.model, variant: row.variant });
}

/** Load a model and show the playground. Resolves to true when it is ready. */
export async function load({ model, variant, loadable }: Row): Promise<boolean> {
  if (!variant || !loadable) return false;
  void askToKeep();
  return open({ model, variant });
}

/** Try again what could not be opened, or another variant of it, where that was asked for: Results shows an opening too. */
export async function reopen(wanted = target.value): Promise<void> {
  if (wanted) await open(wanted, route.value.page === 'measure');
}

/** Run what there is no room to store: it is gone when the page is closed. */
export async function runFromMemory(): Promise<void> {
  if (target.value) await reopen({ ...target.value, inMemory: true });
}

/** The variant to offer when one could not run: the first that asks for no feature of the GPU. */
export function plainVariant(): Target | null {
  const failed = target.value;
  if (!failed || failure.value?.code !== 'missing-feature') return null;
  const variant = failed.model.variants.find(
    ({ id, features }) => id !== failed.variant.id && features.length === 0,
  );
  return variant ? { model: failed.model, variant } : null;
}

/**
 * Open a model and show the playground, unless the page is to stay. There the demo model is asked its first question, if there is
 * no conversation to go on with.
 */
export async function open(wanted: Target, stay = false): Promise<boolean> {
  if (session.value === 'busy') return false;
  if (!stay) go({ page: 'play' });
  keepStored(wanted.variant.id);
  // Space that was promised is there before more is needed.
  await finishRemovals();
  const there = session.value === 'ready' && target.value?.variant.id === wanted.variant.id;
  const opened = there || (await openModel(wanted));
  void refreshStored().then(tellUnkept);
  if (opened && !stay && wanted.model.id === demo.value?.model.id && turns.value.length === 0) {
    // The page that is shown by now has fetched it; the first view does without.
    const { send } = await import('./playground.ts');
    await send(FIRST_QUESTION, true);
  }
  return opened;
}

let told = false;

/** Said once, and not before a model is there that could be missed. */
function tellUnkept(): void {
  if (isKept.value || told) return;
  told = true;
  notify('This browser stores nothing here: the model is in memory, and gone with the page.');
}
