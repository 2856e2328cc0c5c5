/**
 * A streamed answer is cut into blocks: paragraphs, lists and code fences, as their source text. A finished block never
 * changes again, so only the open one is laid out anew while tokens arrive.
 *
 * A block has an upper size, whatever the model writes: a line of a megabyte or a list of ten thousand items is cut
 * into several blocks, so that no step of drawing it takes long.
 */
export interface Cut {
  /** Finished blocks, in order. */
  done: string[];
  /** The block that may still grow; empty when there is none. */
  open: string;
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const MOST_CHARS = 8_000;
const MOST_LINES = 200;

/** Cut text at its blank lines, but never inside a code fence. `done` followed by `open` holds all non-blank lines. */
export function cut(text: string): Cut {
  const cutter = new Cutter();
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) cutter.takeLine(line, index === lines.length - 1);
  return cutter.result();
}

class Cutter {
  readonly #done: string[] = [];
  #block: string[] = [];
  #chars = 0;
  /** The marks that opened the code fence in hand; null outside of one. */
  #fence: string | null = null;

  /** @param isLast it may still grow, so nothing is concluded from its end */
  takeLine(line: string, isLast: boolean): void {
    const pieces = piecesOf(line);
    for (const [index, piece] of pieces.entries()) {
      const isWhole = index === pieces.length - 1;
      this.#take(piece, isLast && isWhole);
      if (!isWhole) this.#pause();
    }
  }

  result(): Cut {
    const open = this.#block.join('\n');
    return { done: this.#done, open: open.trim() === '' ? '' : open };
  }

  #take(line: string, isLast: boolean): void {
    const mark = FENCE.exec(line)?.[1];
    if (this.#fence !== null) {
      this.#push(line);
      if (mark?.startsWith(this.#fence) && line.trim() === mark && !isLast) this.#finish();
    } else if (mark) {
      this.#finish(); // a fence ends the paragraph above it
      this.#fence = mark;
      this.#push(line);
    } else if (line.trim() === '' && !isLast) this.#finish();
    else this.#push(line);
    if (!isLast && (this.#chars >= MOST_CHARS || this.#block.length >= MOST_LINES)) this.#pause();
  }

  #push(line: string): void {
    this.#block.push(line);
    this.#chars += line.length;
  }

  #finish(): void {
    this.#fence = null;
    this.#pause();
  }

  /** Ends the block because it is full; code goes on as code. */
  #pause(): void {
    if (this.#block.length > 0) this.#done.push(this.#block.join('\n'));
    this.#block = this.#fence === null ? [] : [this.#fence];
    this.#chars = 0;
  }
}

/** Plain text in sheets that each can be drawn in one go: whole lines, as far as they fit. */
export function sheets(text: string): string[] {
  const found: string[] = [];
  let from = 0;
  while (text.length - from > MOST_CHARS) {
    const end = text.lastIndexOf('\n', from + MOST_CHARS);
    if (end <= from) break;
    found.push(text.slice(from, end));
    from = end + 1;
  }
  return [...found, ...piecesOf(text.slice(from))];
}

/** A line in pieces of at most `MOST_CHARS`, cut at a space where there is one. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (line.length - from > MOST_CHARS) {
    const space = line.lastIndexOf(' ', from + MOST_CHARS - 1);
    const to = space > from + MOST_CHARS / 2 ? space + 1 : wholeCharacter(line, from + MOST_CHARS);
    pieces.push(line.slice(from, to));
    from = to;
  }
  return [...pieces, line.slice(from)];
}

/** `at`, or one before where that would tear a surrogate pair apart. */
function wholeCharacter(line: string, at: number): number {
  const code = line.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
