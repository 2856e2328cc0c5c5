import type { Message } from '../engine.ts';

/** What a model that thinks wrote before its answer; see `Generation.thought`. */
export interface Thought {
  tokens: number;
  answerMs: number | null;
}

/** The tag that opens a thought; one token to most models that think. */
export const OPEN = '<think>';
const CLOSE = '</think>';

/** What web-llm puts before an answer that is not to be thought about: into the prompt, and into its text as well. */
export const EMPTY_THOUGHT = `${OPEN}\n\n${CLOSE}\n\n`;

/**
 * A chat's earlier answers, each behind an empty thought. The one that web-llm put before an answer stands in the KV cache
 * for good, so only with it is the chat still the one that the engine remembers, and the cache is used again. Qwen 3 was
 * trained on answers that keep their empty thought (Qwen3 Technical Report, 4.3: https://arxiv.org/abs/2505.09388).
 *
 * Real thoughts are not sent again, though that costs reading the whole chat anew: models are trained without, the context
 * window is small, and small models break off when they see them (https://github.com/mlc-ai/mlc-llm/issues/3482).
 */
export function withEmptyThoughts(messages: Message[]): Message[] {
  return messages.map((message) =>
    message.role === 'assistant' ? { ...message, content: EMPTY_THOUGHT + message.content } : message,
  );
}

/** What a template wrote of a thought, given back to the text that goes on from it: whoever reads the text sees a whole one. */
export function opened(text: string): string {
  return text === '' ? '' : `${OPEN}\n${text}`;
}

/** Finds where thinking ends and the answer begins, while text comes in. */
export class ThoughtWatch {
  #text = '';
  #answer: Thought | null = null;

  /** Text has come with the token of this number, counted from 1, which was read back at `stampMs`. */
  add(piece: string, token: number, stampMs: number): void {
    if (this.#answer) return;
    this.#text += piece;
    const closed = this.#text.indexOf(CLOSE);
    if (closed < 0 || this.#text.slice(closed + CLOSE.length).trim() === '') return;
    this.#answer = { tokens: token - 1, answerMs: stampMs };
  }

  /** Null where there was no thought. `tokens` is how many were generated in all. */
  finish(tokens: number): Thought | null {
    if (this.#answer) return this.#answer;
    const isThinking = this.#text.trimStart().startsWith(OPEN) || this.#text.includes(CLOSE);
    return isThinking ? { tokens, answerMs: null } : null;
  }
}
