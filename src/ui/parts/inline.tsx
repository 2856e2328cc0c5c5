import type { ComponentChildren } from 'preact';

const MARKS = /(`+)(.+?)\1|\*\*(?=\S)(.+?)\*\*/gs;

/** Code and bold inside a line of text, as nodes. Everything else, links and tags included, stays the text it is. */
export function inline(text: string): ComponentChildren[] {
  const nodes: ComponentChildren[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > from) nodes.push(text.slice(from, match.index));
    nodes.push(match[2] === undefined ? <strong>{match[3]}</strong> : <code>{match[2]}</code>);
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}
