import { computed, signal } from '@preact/signals';
import { CATALOG, type CatalogModel, type CatalogVariant } from '../engine/catalog.ts';
import { customVariant } from '../engine/custom.ts';
import type { AdapterFacts, EngineError, Variant } from '../engine/engine.ts';
import { judgeFit, pickVariant, type Fit } from '../engine/fit.ts';
import { read, write } from '../store.ts';
import type { StoredModel } from '../weights/weights.ts';
import { doors } from './doors.ts';
import { adapter, canRun, gpu } from './gpu.ts';
import { notify } from './notices.ts';
import { closeModel, session, target, toEngineError } from './session.ts';

/** A model as it stands on the first page. */
export interface Row {
  model: CatalogModel;
  /** The variant for this GPU, or the usual one while no GPU is known. */
  variant: Variant | null;
  /** Why this variant, and not the usual one; null when it is the usual one. */
  choice: string | null;
  /** Null while there is no GPU to judge by. */
  fit: Fit | null;
  /** Bytes to download, and whether that is exact. */
  sizeBytes: number | null;
  exact: boolean;
  stored: StoredModel | null;
  /** It can be loaded here. */
  loadable: boolean;
  custom: boolean;
}

/** What the page remembers of a model that somebody added. */
export interface AddedModel {
  modelUrl: string;
  libUrl: string;
}

const DEMO_ID = 'demo';

const added = signal<readonly AddedModel[]>([]);
const storedModels = signal<readonly StoredModel[]>([]);
/** Models that disappear unless the visitor takes it back. */
const leaving = signal<ReadonlySet<string>>(new Set());

export const rows = computed<Row[]>(() => [...CATALOG, ...added.value.flatMap(toModel)].map(toRow));

/** The demo model's row. */
export const demo = computed(() => rows.value.find((row) => row.model.id === DEMO_ID) ?? null);

/** Bytes that all stored models take up. */
export const storedBytes = computed(() =>
  storedModels.value.reduce((sum, model) => sum + model.storedBytes, 0),
);

/** What is stored, from the store. */
export async function refreshStored(): Promise<void> {
  try {
    storedModels.value = await doors.weights().list();
  } catch (error) {
    storedModels.value = [];
    if (toEngineError(error).code !== 'storage-unavailable') notify(toEngineError(error).message);
  }
}

export async function restoreAdded(): Promise<void> {
  added.value = (await read('added-models', parseAdded)) ?? [];
}

/** Add a model by its addresses. Nothing is fetched. Throws `bad-url` with the reason. */
export function addModel(modelUrl: string, libUrl: string): Row {
  const variant = customVariant(modelUrl, libUrl, document.baseURI);
  const known = added.value.some((one) => idOf(one) === variant.id);
  if (!known) keepAdded([...added.value, { modelUrl: variant.modelUrl, libUrl: variant.libUrl }]);
  const row = rows.value.find((candidate) => candidate.model.id === variant.id);
  if (!row) throw new Error('a model that was added has no row');
  return row;
}

/** Take an added model off the list again; what is stored of it goes as well. */
export function forgetModel(row: Row): void {
  const before = added.value;
  keepAdded(before.filter((one) => idOf(one) !== row.model.id));
  notify(`${row.model.name} is off the list.`, {
    action: { label: 'Undo', run: () => keepAdded(before) },
    onLapse: () => {
      if (row.stored) void removeFiles(row.stored.id);
    },
  });
}

/** Delete a model's files. They go when the notice does, so it can be taken back until then. */
export function removeModel(row: Row): void {
  const { stored } = row;
  if (!stored) return;
  leaving.value = new Set([...leaving.value, stored.id]);
  const stay = () => (leaving.value = new Set([...leaving.value].filter((id) => id !== stored.id)));
  notify(`${row.model.name} is being deleted from this device.`, {
    action: { label: 'Undo', run: stay },
    onLapse: () => void removeFiles(stored.id).finally(stay),
  });
}

async function removeFiles(id: string): Promise<void> {
  try {
    if (session.value === 'ready' && target.value?.variant.id === id) await closeModel();
    await doors.weights().remove(id);
  } catch (error) {
    const { message, hint }: EngineError = toEngineError(error);
    notify(`${message} ${hint}`);
  }
  await refreshStored();
}

function toRow(model: CatalogModel): Row {
  const facts = adapter.value;
  const pick = choose(model, facts);
  const { variant } = pick;
  const stored = variant ? findStored(variant.id) : null;
  const fit = variant && facts ? judgeFit(variant, facts, gpu.value?.deviceMemoryGb ?? null) : null;
  const exact = stored?.totalBytes ?? variant?.sizeBytes ?? null;
  return {
    model,
    variant,
    choice: pick.reason,
    fit,
    sizeBytes: exact ?? (variant && 'estimatedBytes' in variant ? estimate(variant) : null),
    exact: exact !== null,
    stored,
    loadable: variant !== null && canRun.value && fit?.verdict !== 'does-not-fit',
    custom: model.family === '',
  };
}

function choose(
  model: CatalogModel,
  facts: AdapterFacts | null,
): { variant: Variant | null; reason: string | null } {
  if (!facts) return { variant: model.variants[0] ?? null, reason: null };
  return pickVariant(model, facts);
}

function estimate(variant: Variant): number | null {
  return (variant as CatalogVariant).estimatedBytes || null;
}

function findStored(id: string): StoredModel | null {
  return leaving.value.has(id) ? null : (storedModels.value.find((model) => model.id === id) ?? null);
}

function toModel(one: AddedModel): CatalogModel[] {
  try {
    const variant = customVariant(one.modelUrl, one.libUrl, document.baseURI);
    const { hostname, pathname } = new URL(variant.modelUrl);
    const name =
      pathname
        .replace(/\/resolve\/.*$/, '')
        .split('/')
        .filter(Boolean)
        .at(-1) ?? hostname;
    return [
      {
        id: variant.id,
        name: decodeURIComponent(name),
        family: '',
        parameters: 0,
        licence: { name: 'See its page', url: variant.modelUrl.replace(/\/resolve\/.*$/, '') },
        summary: `Added by you, from ${hostname}.`,
        thinks: true,
        variants: [{ ...variant, estimatedBytes: 0 }],
      },
    ];
  } catch {
    return []; // an address that was fine once and is no longer
  }
}

function idOf(one: AddedModel): string {
  return toModel(one)[0]?.id ?? '';
}

function keepAdded(next: readonly AddedModel[]): void {
  added.value = next;
  void write('added-models', next);
}

/** Accept stored addresses; whether they make sense is for `customVariant` to say. */
export function parseAdded(kept: unknown): AddedModel[] | null {
  if (!Array.isArray(kept)) return null;
  return kept.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const { modelUrl, libUrl } = one as Record<string, unknown>;
    return typeof modelUrl === 'string' && typeof libUrl === 'string' ? [{ modelUrl, libUrl }] : [];
  });
}
