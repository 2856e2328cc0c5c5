import type { Variant } from '../engine/engine.ts';

/** What an exported model was stored as, so that it is the same model elsewhere. The first file of an export. */
export const LABEL_PATH = 'runs-here.json';

const MAX_BYTES = 1e6;
const MAX_TEXT = 2048;

export function makeLabel(variant: Variant): Blob {
  return new Blob([JSON.stringify({ variant }, null, 1)]);
}

/** Null when it makes no sense. Its addresses are checked by whoever uses them. */
export async function readLabel(label: Blob): Promise<Variant | null> {
  if (label.size > MAX_BYTES) return null;
  try {
    const { variant } = JSON.parse(await label.text()) as { variant?: Partial<Variant> };
    const texts = [variant?.id, variant?.quantization, variant?.modelUrl, variant?.libUrl];
    const isVariant = texts.every(
      (text) => typeof text === 'string' && text !== '' && text.length < MAX_TEXT,
    );
    return isVariant ? copied(variant as Variant) : null;
  } catch {
    return null;
  }
}

/** Known fields only, each of its own type: a label is written by anybody. */
function copied(variant: Variant): Variant {
  const { id, quantization, modelUrl, libUrl, features, overrides, manifest, golden, sha256 } = variant;
  return {
    id,
    quantization,
    modelUrl,
    libUrl,
    sizeBytes: count(variant.sizeBytes),
    memoryBytes: count(variant.memoryBytes),
    bufferBytes: count(variant.bufferBytes),
    features: Array.isArray(features) ? features.filter((name) => typeof name === 'string') : [],
    contextTokens: count(variant.contextTokens) ?? 4096,
    ...(typeof overrides === 'object' && overrides ? { overrides: { ...overrides } } : {}),
    ...(typeof manifest === 'string' ? { manifest } : {}),
    ...(typeof golden === 'string' ? { golden } : {}),
    ...(typeof sha256 === 'object' && sha256 ? { sha256: hashes(sha256) } : {}),
  };
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function hashes(pins: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(pins).filter(([, hash]) => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash)),
  );
}
