import type { CatalogModel, CatalogVariant } from './catalog/model.ts';
import type { AdapterFacts, Variant } from './engine.ts';

export interface Pick {
  /** Null when no variant of the model can run on this adapter. */
  variant: CatalogVariant | null;
  /** Why not the usual one, as a sentence to show before a download; null when it is the usual one. */
  reason: string | null;
}

/** The variant of a model to take on this adapter: the first whose features it has. */
export function pickVariant(model: CatalogModel, adapter: AdapterFacts): Pick {
  const variant = model.variants.find(({ features }) => lacking(features, adapter) === null) ?? null;
  if (variant && variant === model.variants[0]) return { variant, reason: null };
  const feature = lacking(model.variants[0]?.features ?? [], adapter) ?? 'a feature';
  if (!variant) {
    return {
      variant,
      reason: `This GPU or browser lacks "${feature}", and ${model.name} exists in no variant that does without it.`,
    };
  }
  return {
    variant,
    reason:
      `This GPU or browser lacks "${feature}", so the ${variant.quantization} variant is used: ` +
      'it computes in 32-bit floats, which takes more memory and is slower.',
  };
}

/**
 * The next smaller model to try in place of one that was too much: of the same family where there is one, else of
 * all. Null when none is smaller, or when the size of this one is not known.
 */
export function nextSmaller(model: CatalogModel, others: readonly CatalogModel[]): CatalogModel | null {
  const smaller = others
    .filter(({ parameters }) => parameters > 0 && parameters < model.parameters)
    .sort((a, b) => b.parameters - a.parameters);
  return smaller.find(({ family }) => family === model.family) ?? smaller[0] ?? null;
}

export type Verdict = 'fits' | 'tight' | 'does-not-fit' | 'unknown';

export interface Fit {
  verdict: Verdict;
  /** One sentence for the visitor. */
  why: string;
}

/** Where `navigator.deviceMemory` ends, by browser version: these figures may stand for any larger amount. */
const CAPS_GB = [8, 32];
/** Whether a browser that tells so much memory may mean any larger amount. */
export function isCapped(deviceMemoryGb: number): boolean {
  return CAPS_GB.includes(deviceMemoryGb);
}

/** Shares of the memory up to which a model runs easily, and up to which it may run if nothing else does. */
const EASY_SHARE = 0.5;
const TIGHT_SHARE = 0.85;
const GIB = 2 ** 30;

/**
 * Whether a variant fits, as far as a page can know: the GPU's limits are told, its memory is not. `deviceMemoryGb`
 * is the browser's rounded figure for the whole machine, or null; GPUs of phones and laptops mostly share it.
 */
export function judgeFit(variant: Variant, adapter: AdapterFacts, deviceMemoryGb: number | null): Fit {
  const feature = lacking(variant.features, adapter);
  if (feature) return fit('does-not-fit', `It needs "${feature}", which this GPU or browser lacks.`);
  const room = Math.min(adapter.maxBindingBytes, adapter.maxBufferBytes);
  if (variant.bufferBytes !== null && variant.bufferBytes > room) {
    const [needs, has] = [mib(variant.bufferBytes), mib(room)];
    return fit('does-not-fit', `It needs a GPU buffer of ${needs} MB, and this GPU allows ${has} MB.`);
  }
  if (variant.memoryBytes === null) return fit('unknown', 'How much memory it needs is not known.');
  return judgeMemory(variant.memoryBytes / GIB, deviceMemoryGb);
}

function judgeMemory(needsGb: number, deviceMemoryGb: number | null): Fit {
  const needs = `It needs about ${needsGb.toFixed(1)} GB of GPU memory`;
  if (deviceMemoryGb === null)
    return fit('unknown', `${needs}; this browser does not say how much there is.`);
  const share = needsGb / deviceMemoryGb;
  const capped = isCapped(deviceMemoryGb);
  const has = capped ? `${deviceMemoryGb} GB or more` : `${deviceMemoryGb} GB`;
  if (share <= EASY_SHARE) return fit('fits', `${needs}; this device has ${has} in all.`);
  if (share <= TIGHT_SHARE)
    return fit('tight', `${needs} of the ${has} in this device: close other programs first.`);
  if (capped) return fit('unknown', `${needs}; this browser only tells that the device has ${has}.`);
  return fit('does-not-fit', `${needs}, and this device has ${has} in all.`);
}

function fit(verdict: Verdict, why: string): Fit {
  return { verdict, why };
}

function lacking(features: string[], adapter: AdapterFacts): string | null {
  return features.find((feature) => !adapter.features.includes(feature)) ?? null;
}

function mib(bytes: number): number {
  return Math.floor(bytes / 2 ** 20);
}
