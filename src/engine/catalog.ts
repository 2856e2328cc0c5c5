import { DEMO, DEMO_THINKS } from './catalog/demo.ts';
import { GEMMA } from './catalog/gemma.ts';
import { OTHERS } from './catalog/others.ts';
import { QWEN } from './catalog/qwen.ts';
import type { CatalogModel } from './catalog/model.ts';

export type { CatalogModel, CatalogVariant } from './catalog/model.ts';

/** The models that the page offers, those that it carries first. Plain data; nothing here costs a request. */
export const CATALOG: readonly CatalogModel[] = [DEMO, DEMO_THINKS, ...QWEN, ...GEMMA, ...OTHERS];

/** The catalogue's model that has a variant of this id, or null. */
export function modelOf(variantId: string): CatalogModel | null {
  return CATALOG.find(({ variants }) => variants.some(({ id }) => id === variantId)) ?? null;
}
