/** What a model that thinks wrote before its answer; see `Generation.thought`. */
export interface Thought {
  tokens: number;
  answerMs: number | null;
}

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Finds where thinking ends and the answer begins, while text comes in. Some templates put the opening tag into the prompt, so
 * an answer may hold the closing tag alone (Qwen 3.5).
 */
export class ThoughtWatch {
  readonly #thinksAtOnce: boolean;
  #text = '';
  #answer: Thought | null = null;

  /** @param thinksAtOnce the prompt ends inside a thought */
  constructor(thinksAtOnce: boolean) {
    this.#thinksAtOnce = thinksAtOnce;
  }

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
    const isThinking =
      this.#thinksAtOnce || this.#text.trimStart().startsWith(OPEN) || this.#text.includes(CLOSE);
    return isThinking ? { tokens, answerMs: null } : null;
  }
}
