/** What a model that thinks wrote, taken apart. */
export interface Parts {
  /** The thinking, without its tags; null when there is none. */
  thought: string | null;
  /** True while the thinking has not come to its end. */
  thinking: boolean;
  answer: string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Take the thinking out of an answer. One that was kept by an earlier version may hold the closing tag alone. A tag that
 * is cut off at the end of the text so far is held back.
 */
export function takeApart(text: string): Parts {
  const start = text.trimStart();
  const closed = text.indexOf(CLOSE);
  if (closed >= 0) {
    const thought = text.slice(0, closed).replace(OPEN, '').trim();
    return {
      thought: thought || null,
      thinking: false,
      answer: text.slice(closed + CLOSE.length).trimStart(),
    };
  }
  if (start.startsWith(OPEN)) {
    return { thought: hold(start.slice(OPEN.length), CLOSE).trimStart(), thinking: true, answer: '' };
  }
  if (start !== '' && OPEN.startsWith(start)) return { thought: null, thinking: false, answer: '' };
  return { thought: null, thinking: false, answer: start };
}

/** `text` without a beginning of `tag` at its end. */
function hold(text: string, tag: string): string {
  for (let length = tag.length - 1; length > 0; length -= 1) {
    if (text.endsWith(tag.slice(0, length))) return text.slice(0, -length);
  }
  return text;
}
