import type { Variant } from '../engine.ts';

/** A variant of the catalogue, with what can be said of its size before its manifest was read. */
export interface CatalogVariant extends Variant {
  /**
   * Bytes to download, as an estimate: parameters times bits per weight. The exact size is known once the manifest
   * (`tensor-cache.json`) has been read.
   */
  estimatedBytes: number;
}

export interface CatalogModel {
  /** Unique among models; lower case. */
  id: string;
  name: string;
  family: string;
  /** Weights in all, those of embeddings included, as the publisher counts them. */
  parameters: number;
  licence: { name: string; url: string };
  /** One plain sentence on what it is good for. */
  summary: string;
  /** True when it writes down its thoughts before it answers; null when that is not known. */
  thinks: boolean | null;
  /** The smallest and fastest first. */
  variants: CatalogVariant[];
}

/** The quantizations that the catalogue offers: 4-bit weights, computed in 16 or in 32-bit floats. */
export type Quantization = 'q4f16_1' | 'q4f32_1';

/**
 * Bits stored for a weight, its share of the scale included: four bits, and one 16 or 32-bit scale for each group of
 * 32. https://github.com/mlc-ai/mlc-llm/blob/main/python/mlc_llm/quantization/quantization.py
 */
export const BITS_PER_WEIGHT: Record<Quantization, number> = { q4f16_1: 4.5, q4f32_1: 5 };

const MIB = 2 ** 20;
const WEIGHTS = 'https://huggingface.co/mlc-ai/';
const LIBRARIES =
  'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base/';

/** What differs from model to model in web-llm's own list. */
export interface Prebuilt {
  /** The repository without quantization, e.g. `Qwen3-0.6B`. */
  repository: string;
  parameters: number;
  /** web-llm's `vram_required_MB`, by quantization; a quantization that is left out does not exist. */
  memoryMb: Partial<Record<Quantization, number>>;
  /** Prefill chunk as it stands in the library's name. */
  chunk?: 'cs1k' | 'cs512';
  bufferBytes?: number;
  manifest?: string;
  overrides?: Record<string, unknown>;
}

const CONTEXT_TOKENS = 4096;

/** The variants of a model that MLC publishes for web-llm 0.2.86; a test compares them with web-llm's own list. */
export function prebuilt(model: Prebuilt): CatalogVariant[] {
  return Object.entries(model.memoryMb).map(([quantization, memoryMb]) =>
    variant(model, quantization as Quantization, memoryMb),
  );
}

function variant(model: Prebuilt, quantization: Quantization, memoryMb: number): CatalogVariant {
  const name = `${model.repository}-${quantization}`;
  return {
    id: `${name}-MLC`,
    quantization,
    modelUrl: `${WEIGHTS}${name}-MLC/resolve/main/`,
    libUrl: `${LIBRARIES}${name}_${model.chunk ?? 'cs1k'}-webgpu.wasm`,
    sizeBytes: null,
    estimatedBytes: Math.round((model.parameters * BITS_PER_WEIGHT[quantization]) / 8),
    memoryBytes: Math.round(memoryMb * MIB),
    bufferBytes: model.bufferBytes ?? null,
    // web-llm's list names the feature for some f16 models only; all of them need it.
    features: quantization === 'q4f16_1' ? ['shader-f16'] : [],
    contextTokens: CONTEXT_TOKENS,
    overrides: { context_window_size: CONTEXT_TOKENS, ...model.overrides },
    ...(model.manifest !== undefined && { manifest: model.manifest }),
  };
}
