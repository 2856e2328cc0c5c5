import { openLink } from './link.ts';

/** Results in a text that somebody pasted: a forum's thread, a chat, or just links. */
export interface Found {
  /** Each once, in the order of the text, as a comparison's address holds them: `r=1.…`. */
  tokens: string[];
  /** Why others were left out, in sentences, and how many for each reason. */
  refused: { message: string; count: number }[];
  /** There is more in the text than was looked at. */
  isCut: boolean;
}

/** More text than any thread has; what comes after it is not read. */
export const MOST_SIGNS = 100_000;
/** Different links looked at, good and bad ones. */
const MOST_LINKS = 100;

/** Where a result begins: in a link of its own, or in one of a comparison. No part of it can be matched in two ways. */
const RESULT = /(?:#|compare=|~|%7E)r(?:=|%3D)([1-9]\d{0,3}\.[\w-]+)/gi;

/** Never throws, whatever the text is; it only reads. */
export function linksIn(text: string): Found {
  const found: Found = { tokens: [], refused: [], isCut: text.length > MOST_SIGNS };
  const seen = new Set<string>();
  for (const [, payload = ''] of text.slice(0, MOST_SIGNS).matchAll(RESULT)) {
    if (seen.has(payload)) continue;
    if (seen.size === MOST_LINKS) return { ...found, isCut: true };
    seen.add(payload);
    look(`r=${payload}`, found);
  }
  return found;
}

function look(token: string, { tokens, refused }: Found): void {
  const opened = openLink(`#${token}`);
  if (opened.ok) {
    tokens.push(token);
    return;
  }
  const same = refused.find(({ message }) => message === opened.message);
  if (same) same.count += 1;
  else refused.push({ message: opened.message, count: 1 });
}
