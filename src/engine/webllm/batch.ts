/** About one frame: often enough for the eye, seldom enough that messages cost decoding nothing. */
const BATCH_MS = 16;

/** What models that think emit when they decide not to, some of them more than once. */
const EMPTY_THINK = /^(?:<think>\s*<\/think>\s*)+/;
/** Every beginning of the above, so that it can be held back until it is complete or is something else. */
const MAYBE_EMPTY_THINK =
  /^<(?:t(?:h(?:i(?:n(?:k(?:>\s*(?:<(?:\/(?:t(?:h(?:i(?:n(?:k(?:>\s*)?)?)?)?)?)?)?)?)?)?)?)?)?)?$/;

/** An answer without the empty think block that may stand before it. */
export function stripEmptyThink(text: string): string {
  return text.replace(EMPTY_THINK, '');
}

/**
 * Gathers pieces of text and passes them on about every 16 ms, the first at once. Needs no timer: what waits leaves
 * with the next piece or, at the end, with the complete text.
 */
export class TextBatch {
  readonly #send: (text: string, tokens: number) => void;
  readonly #now: () => number;
  #waiting = '';
  #tokens = 0;
  #opening = true;
  #sentMs = -Infinity;

  constructor(send: (text: string, tokens: number) => void, now: () => number = () => performance.now()) {
    this.#send = send;
    this.#now = now;
  }

  /** `tokens`: how many have been generated so far. */
  add(piece: string, tokens: number): void {
    this.#waiting += piece;
    this.#tokens = tokens;
    if (this.#opening && !this.#opened()) return;
    if (this.#waiting !== '' && this.#now() - this.#sentMs >= BATCH_MS) this.flush();
  }

  /** Pass on what waits, now. */
  flush(): void {
    if (this.#opening) this.#waiting = stripEmptyThink(this.#waiting);
    if (this.#waiting === '') return;
    this.#sentMs = this.#now();
    this.#send(this.#waiting, this.#tokens);
    this.#waiting = '';
  }

  #opened(): boolean {
    if (MAYBE_EMPTY_THINK.test(this.#waiting)) return false;
    this.#opening = false;
    this.#waiting = stripEmptyThink(this.#waiting);
    return true;
  }
}
