import { computed, signal } from '@preact/signals';
import { CATALOG, modelOf, type CatalogModel, type CatalogVariant } from '../engine/catalog.ts';
import { customVariant } from '../engine/custom.ts';
import type { AdapterFacts, Variant } from '../engine/engine.ts';
import { judgeFit, pickVariant, type Fit } from '../engine/fit.ts';
import { read, write } from '../store.ts';
import type { StoredModel } from '../weights/weights.ts';
import { adapter, canRun, gpu } from './gpu.ts';
import { notify } from './notices.ts';
import { removeStored } from './removal.ts';
import type { Target } from './session.ts';
import { findStored, staying } from './stored.ts';

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

export const rows = computed<Row[]>(() => {
  const own = added.value.flatMap(toModel);
  const listed = new Set(own.map(({ id }) => id));
  const imported = staying.value.filter(({ id, state }) => {
    return state === 'verified' && !modelOf(id) && !listed.has(id);
  });
  return [...CATALOG, ...own, ...imported.map((stored) => strange(stored.variant, 'Imported'))].map(toRow);
});

/** The demo model's row. */
export const demo = computed(() => rows.value.find((row) => row.model.id === DEMO_ID) ?? null);

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

/** Take an added model off the list again; what is stored of it stays, and is deleted where all stored models are. */
export function forgetModel(row: Row): void {
  const before = added.value;
  keepAdded(before.filter((one) => idOf(one) !== row.model.id));
  notify(`${row.model.name} is off the list.`, {
    action: { label: 'Undo', run: () => keepAdded(before) },
  });
}

/** Delete a model's files, with a way back. */
export async function removeModel({ stored, model }: Row): Promise<void> {
  if (stored) await removeStored(stored.id, model.name);
}

/** A stored model as something to load: one of the catalogue, or whatever it was stored as. */
export function targetOf({ id, variant }: StoredModel): Target {
  const model = modelOf(id);
  const known = model?.variants.find((candidate) => candidate.id === id);
  return model && known ? { model, variant: known } : { model: strange(variant, 'Added by you'), variant };
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

function toModel(one: AddedModel): CatalogModel[] {
  try {
    return [strange(customVariant(one.modelUrl, one.libUrl, document.baseURI), 'Added by you')];
  } catch {
    return []; // an address that was fine once and is no longer
  }
}

/** A model that the catalogue does not know, as far as its addresses tell what it is. */
function strange(variant: Variant, how: string): CatalogModel {
  const { hostname, pathname } = new URL(variant.modelUrl, document.baseURI);
  const folder = pathname
    .replace(/\/resolve\/.*$/, '')
    .split('/')
    .filter(Boolean)
    .at(-1);
  const page = variant.modelUrl.replace(/\/resolve\/.*$/, '');
  const isFile = hostname.endsWith('.invalid');
  return {
    id: variant.id,
    name: decodeURIComponent(folder ?? hostname),
    family: '',
    parameters: 0,
    licence: isFile ? { name: '', url: '' } : { name: 'See its page', url: page },
    summary: isFile ? 'Imported by you, from a folder.' : `${how}, from ${hostname}.`,
    thinks: null,
    variants: [{ ...variant, estimatedBytes: 0 }],
  };
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
