import type { GenerateRequest, Message } from '../engine.ts';
import { engineError } from '../failures.ts';
import { SPARE_TOKENS } from './tap.ts';
import type { TokenPrompt } from './tokens.ts';

/** What a request has to be checked against. */
export interface Bounds {
  contextTokens: number;
  vocabularySize: number;
}

/** Throws `bad-request` or `context-full` for a request that web-llm would take and fail on, or worse, not fail on. */
export function checkRequest(
  { prompt, maxTokens, temperature, topP, seed }: GenerateRequest,
  bounds: Bounds,
): void {
  demand(
    Number.isInteger(maxTokens) && maxTokens > 0,
    'The number of tokens to generate must be at least 1.',
  );
  demand(temperature === null || temperature >= 0, 'The temperature must be 0 or more.');
  demand(topP === null || (topP > 0 && topP <= 1), 'Top-p must be above 0 and at most 1.');
  demand(seed === null || Number.isInteger(seed), 'The seed must be a whole number.');
  if ('tokens' in prompt) checkTokens(prompt, maxTokens, bounds);
  else if ('messages' in prompt) checkMessages(prompt.messages);
  else demand(prompt.text !== '', 'The prompt is empty.');
}

function checkTokens(
  { tokens, past = [] }: TokenPrompt,
  maxTokens: number,
  { contextTokens, vocabularySize }: Bounds,
): void {
  demand(tokens.length > 0, 'The prompt is empty.');
  demand(
    [...past, ...tokens].every((id) => Number.isInteger(id) && id >= 0 && id < vocabularySize),
    `Token ids must be whole numbers from 0 to ${vocabularySize - 1}.`,
  );
  // This path of web-llm does not look at the context window, and a full KV cache ends the runtime.
  const read = past.length + tokens.length;
  if (read + maxTokens > contextTokens - SPARE_TOKENS) {
    throw engineError('context-full', {
      message: `${read} tokens and ${maxTokens} more do not fit into the context window of ${contextTokens}.`,
    });
  }
}

function checkMessages(messages: Message[]): void {
  demand(messages.at(-1)?.role === 'user', 'A chat must end with a message of the user.');
  demand(
    messages.every((message, index) => message.role !== 'system' || index === 0),
    'Only the first message may be the system prompt.',
  );
}

function demand(holds: boolean, message: string): void {
  if (!holds) throw engineError('bad-request', { message });
}

/** What decides where web-llm puts texts into the prompt with `String.replace`. */
export interface Templating {
  /** The model's `conv_template.role_templates`: which roles have one. */
  roles: ReadonlySet<string>;
  /** Models with a manifest build messages without `replace`, but not the system prompt. */
  manifest: boolean;
}

/**
 * The messages such that web-llm's prompt says what they say. It inserts them by `template.replace('{…}', text)`,
 * where `$$`, `$&`, `` $` `` and `$'` in the text mean something else; only those are escaped, because an escaped
 * answer in the history no longer equals the one the engine remembers, and costs the reuse of the KV cache.
 */
export function escapeMessages(messages: Message[], { roles, manifest }: Templating): Message[] {
  return messages.map((message) => {
    const replaced = message.role === 'system' || (!manifest && roles.has(message.role));
    return replaced ? { ...message, content: escapeDollars(message.content) } : message;
  });
}

function escapeDollars(text: string): string {
  return text.replace(/\$(?=[$&`'])/g, '$$$$');
}
