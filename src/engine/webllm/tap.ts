import { epochMs } from '../stamps.ts';

/**
 * The one place that reaches into web-llm. Everything here is optional: where the private shape is not as expected,
 * `tapPipeline` gives null, token stamps become chunk stamps and `everyToken` says so.
 *
 * Used of 0.2.86: `MLCEngine.loadedModelIdToPipeline`, and on the pipeline `sampleFromRawLogits` (every token of every
 * path passes through it, and it resolves when the id has been read back from the GPU), `filledKVCacheLength`,
 * `contextWindowSize`, `setSeed`, its counters of tokens and seconds, `updateLogitsOnCPU`, `device` and `tokenizer`.
 */
interface Pipeline {
  sampleFromRawLogits(logits: unknown, config?: Sampling): Promise<number>;
  filledKVCacheLength?: unknown;
  contextWindowSize?: unknown;
  setSeed?: (seed: number) => void;
  prefillTotalTokens?: unknown;
  prefillTotalTime?: unknown;
  decodingTotalTokens?: unknown;
  decodingTotalTime?: unknown;
  updateLogitsOnCPU?: (logits: unknown) => { toArray(): Float32Array };
  device?: { sync(): Promise<void> };
  tokenizer?: { encode?: (text: string) => ArrayLike<number> };
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
  /** Start a new list. */
  begin(how?: Beginning): void;
  /** Ids since `begin`, a stop token included. */
  ids(): number[];
  /** Epoch milliseconds, one for each id. */
  stampsMs(): number[];
  /** Tokens in the KV cache when the first id was sampled: what has been prefilled, reused ones included. */
  filledAtFirst(): number | null;
  /** Tokens in the KV cache now. */
  filled(): number | null;
  seed(seed: number): void;
  /** The engine's counters since its chat was reset; null where they are not there. */
  counters(): Counters | null;
  /** What was seen of the first output since `begin`, where that was to be inspected. */
  logits(): Logits | null;
  /** How many tokens a text is; null where the tokenizer cannot be asked. */
  lengthOf(text: string): number | null;
}

/** How a list of samples begins. */
export interface Beginning {
  /** Replaces the model's own where a call brings none (token prompts). */
  sampling?: Sampling;
  /** Look at the first output; it costs reading back the logits of the whole vocabulary. */
  inspect?: boolean | undefined;
}

/** Tokens, and the seconds they took by the engine's own clock. */
export interface Counters {
  prefillTokens: number;
  prefillS: number;
  decodeTokens: number;
  decodeS: number;
}

/** Whether an output makes sense at all. */
export interface Logits {
  finite: boolean;
  constant: boolean;
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
  const filled = () => numberOrNull(pipeline.filledKVCacheLength);
  let ids: number[] = [];
  let stampsMs: number[] = [];
  let filledAtFirst: number | null = null;
  let how: Beginning = {};
  let seen: Logits | null = null;
  pipeline.sampleFromRawLogits = async (logits, config = how.sampling) => {
    if (how.inspect && ids.length === 0) seen = await inspect(pipeline, logits);
    const id = await original(logits, config);
    stampsMs.push(epochMs());
    if (ids.push(id) === 1) filledAtFirst = filled();
    return id;
  };
  return {
    begin(beginning = {}) {
      ids = [];
      stampsMs = [];
      filledAtFirst = null;
      how = beginning;
      seen = null;
    },
    ids: () => ids,
    stampsMs: () => stampsMs,
    filledAtFirst: () => filledAtFirst,
    filled,
    seed: (seed) => pipeline.setSeed?.(seed),
    counters: () => countersOf(pipeline),
    logits: () => seen,
    lengthOf: (text) => pipeline.tokenizer?.encode?.(text).length ?? null,
  };
}

function countersOf(pipeline: Pipeline): Counters | null {
  const [prefillTokens, prefillS, decodeTokens, decodeS] = [
    numberOrNull(pipeline.prefillTotalTokens),
    numberOrNull(pipeline.prefillTotalTime),
    numberOrNull(pipeline.decodingTotalTokens),
    numberOrNull(pipeline.decodingTotalTime),
  ];
  if (prefillTokens === null || prefillS === null || decodeTokens === null || decodeS === null) return null;
  return { prefillTokens, prefillS, decodeTokens, decodeS };
}

/** The logits before sampling changes them; null where web-llm does not let them be read. */
async function inspect(pipeline: Pipeline, logits: unknown): Promise<Logits | null> {
  if (!pipeline.updateLogitsOnCPU || !pipeline.device) return null;
  const copy = pipeline.updateLogitsOnCPU(logits);
  await pipeline.device.sync();
  return judgeLogits(copy.toArray());
}

/** Whether all values are numbers, and whether they are all the same one. */
export function judgeLogits(values: Float32Array): Logits {
  const [first] = values;
  return {
    finite: values.every((value) => Number.isFinite(value)),
    constant: values.every((value) => value === first),
  };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
