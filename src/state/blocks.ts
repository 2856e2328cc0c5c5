/**
 * A streamed answer is cut into blocks: paragraphs, lists and code fences, as their source text. A finished block never
 * changes again, so only the open one is laid out anew while tokens arrive.
 */
export interface Cut {
  /** Finished blocks, in order. */
  done: string[];
  /** The block that may still grow; empty when there is none. */
  open: string;
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})/;

/** Cut text at its blank lines, but never inside a code fence. `done` followed by `open` holds all non-blank lines. */
export function cut(text: string): Cut {
  const done: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const last = index === lines.length - 1;
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null) {
      block.push(line);
      if (mark?.startsWith(fence) && line.trim() === mark && !last) finish();
    } else if (mark) {
      finish(); // a fence ends the paragraph above it
      fence = mark;
      block.push(line);
    } else if (line.trim() === '' && !last) finish();
    else block.push(line);
  }
  return { done, open: block.join('\n').trim() === '' ? '' : block.join('\n') };

  function finish(): void {
    if (block.length > 0) done.push(block.join('\n'));
    block = [];
    fence = null;
  }
}
