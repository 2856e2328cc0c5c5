import { epochMs } from '../stamps.ts';

/**
 * The one place that reaches into web-llm. Everything here is optional: where the private shape is not as expected,
 * `tapPipeline` gives null, token stamps become chunk stamps and `everyToken` says so.
 *
 * Used of 0.2.86: `MLCEngine.loadedModelIdToPipeline`, and on the pipeline `sampleFromRawLogits` (every token of every
 * path passes through it, and it resolves when the id has been read back from the GPU), `filledKVCacheLength`,
 * `contextWindowSize` and `setSeed`.
 */
interface Pipeline {
  sampleFromRawLogits(logits: unknown, config?: Sampling): Promise<number>;
  filledKVCacheLength?: unknown;
  contextWindowSize?: unknown;
  setSeed?: (seed: number) => void;
}

/** How to sample, in web-llm's words. */
export interface Sampling {
  temperature?: number;
  top_p?: number;
  repetition_penalty?: number;
  presence_penalty?: number;
  frequency_penalty?: number;
}

/** Sampled tokens of one generation, as they are read back. */
export interface Tap {
  /** Start a new list. `sampling` replaces the model's own where a call brings none (token prompts). */
  begin(sampling?: Sampling): void;
  /** Ids since `begin`, a stop token included. */
  ids(): number[];
  /** Epoch milliseconds, one for each id. */
  stampsMs(): number[];
  /** Tokens in the KV cache when the first id was sampled: what has been prefilled, reused ones included. */
  filledAtFirst(): number | null;
  /** Tokens in the KV cache now. */
  filled(): number | null;
  seed(seed: number): void;
}

/** Tokens of the context window that stay free: web-llm forgets to count the tokens that open a prompt. */
export const SPARE_TOKENS = 8;

/** Taps the pipeline of a loaded model, once; null if it does not look as expected. */
export function tapPipeline(engine: object, modelId: string): Tap | null {
  const pipelines = (engine as { loadedModelIdToPipeline?: unknown }).loadedModelIdToPipeline;
  const pipeline: unknown = pipelines instanceof Map ? pipelines.get(modelId) : undefined;
  if (!isPipeline(pipeline)) return null;
  keepSpare(pipeline);
  return record(pipeline);
}

function isPipeline(value: unknown): value is Pipeline {
  return typeof (value as Partial<Pipeline> | undefined)?.sampleFromRawLogits === 'function';
}

/**
 * The KV cache is allocated by now. Telling the pipeline of a slightly smaller window makes its own checks stop
 * before the cache is full: they compare with `==`, leave out the opening tokens, and a full cache is fatal.
 */
function keepSpare(pipeline: Pipeline): void {
  const { contextWindowSize } = pipeline;
  if (typeof contextWindowSize === 'number' && contextWindowSize > 4 * SPARE_TOKENS) {
    pipeline.contextWindowSize = contextWindowSize - SPARE_TOKENS;
  }
}

function record(pipeline: Pipeline): Tap {
  const original = pipeline.sampleFromRawLogits.bind(pipeline);
  const filled = () =>
    typeof pipeline.filledKVCacheLength === 'number' ? pipeline.filledKVCacheLength : null;
  let ids: number[] = [];
  let stampsMs: number[] = [];
  let filledAtFirst: number | null = null;
  let fallback: Sampling | undefined;
  pipeline.sampleFromRawLogits = async (logits, config = fallback) => {
    const id = await original(logits, config);
    stampsMs.push(epochMs());
    if (ids.push(id) === 1) filledAtFirst = filled();
    return id;
  };
  return {
    begin(sampling) {
      ids = [];
      stampsMs = [];
      filledAtFirst = null;
      fallback = sampling;
    },
    ids: () => ids,
    stampsMs: () => stampsMs,
    filledAtFirst: () => filledAtFirst,
    filled,
    seed: (seed) => pipeline.setSeed?.(seed),
  };
}
