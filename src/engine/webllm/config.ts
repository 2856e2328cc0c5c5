import { storedUrl } from '../../weights/address.ts';
import type { Variant } from '../engine.ts';
import { engineError } from '../failures.ts';
import { openingOf } from './template.ts';

/** What we need to know of a model's `mlc-chat-config.json`. */
export interface ModelConfig {
  /** Tokens that the KV cache will hold. */
  contextTokens: number;
  /** Number of token ids, which is also the length of the logits. */
  vocabularySize: number;
  /** Ids that end an answer. */
  stopTokens: number[];
  /** Ids that web-llm puts before a conversation and does not count. */
  prefixTokens: number[];
  /** Roles whose texts are inserted into a template. */
  templatedRoles: ReadonlySet<string>;
  /** The template opens a thought for the model: see `Opening`. */
  thinksAtOnce: boolean;
  /** What web-llm has to be told on top of the file. */
  overrides: Record<string, unknown>;
}

/** web-llm gives these no default of its own and fails in the middle of a request if the file lacks them. */
const SAMPLING = {
  temperature: 0.7,
  top_p: 0.95,
  repetition_penalty: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
};

/** Reads a stored model's config through `caches`, as web-llm will. Throws `weights-missing` or `not-a-model`. */
export async function readConfig(variant: Variant): Promise<ModelConfig> {
  const cache = await caches.open('webllm/config');
  const response = await cache.match(storedUrl(variant.id, 'mlc-chat-config.json'));
  if (!response) throw engineError('weights-missing', { detail: 'mlc-chat-config.json' });
  return parseConfig(await response.text(), variant);
}

/** Throws `not-a-model` for anything that web-llm could not use. */
export function parseConfig(text: string, variant: Variant): ModelConfig {
  const config = parseRecord(text);
  const template = config.conv_template;
  if (!isRecord(template)) throw notAModel('there is no conv_template');
  if (!Array.isArray(config.tokenizer_files)) throw notAModel('there is no list of tokenizer_files');
  const vocabularySize = positive(config.vocab_size);
  if (vocabularySize === null) throw notAModel('there is no vocab_size');
  const contextTokens = contextOf(config, variant);
  const { thinksAtOnce, overrides } = openingOf(template);
  const missing = Object.entries(SAMPLING).filter(([name]) => typeof config[name] !== 'number');
  return {
    contextTokens,
    vocabularySize,
    stopTokens: numbers(template.stop_token_ids),
    prefixTokens: numbers(template.system_prefix_token_ids),
    templatedRoles: new Set(isRecord(template.role_templates) ? Object.keys(template.role_templates) : []),
    thinksAtOnce,
    overrides: {
      ...Object.fromEntries(missing),
      ...(positive(config.sliding_window_size) === null && { context_window_size: contextTokens }),
      ...overrides,
      ...variant.overrides,
    },
  };
}

/** The variant's own wish, but never more than the model was made for unless an override says so. */
function contextOf(config: Record<string, unknown>, { overrides, contextTokens }: Variant): number {
  const made = positive(config.context_window_size) ?? Infinity;
  return positive(overrides?.context_window_size) ?? Math.min(made, contextTokens);
}

function parseRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // said below, in one place for both
  }
  throw notAModel('it is not a JSON object');
}

function notAModel(why: string) {
  return engineError('not-a-model', { detail: `mlc-chat-config.json: ${why}` });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function positive(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value : null;
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((entry): entry is number => typeof entry === 'number') : [];
}
