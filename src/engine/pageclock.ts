import type { PageStamps } from './engine.ts';
import { epochMs } from './stamps.ts';

/** The page's stamps of one generation. It starts when it is made. */
export class PageClock {
  readonly #sentMs = epochMs();
  #firstTextMs: number | null = null;
  #lastTextMs: number | null = null;

  /** Text has arrived. */
  text(): void {
    this.#lastTextMs = epochMs();
    this.#firstTextMs ??= this.#lastTextMs;
  }

  /** The result has arrived, and with it perhaps text that no batch brought before. */
  finish(text: string): PageStamps {
    const endMs = epochMs();
    const lateMs = text === '' ? null : endMs;
    return {
      sentMs: this.#sentMs,
      firstTextMs: this.#firstTextMs ?? lateMs,
      lastTextMs: this.#lastTextMs ?? lateMs,
      endMs,
    };
  }
}
