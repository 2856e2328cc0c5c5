import { linksIn, type Found } from '../share/paste.ts';
import { MOST, picked } from './history-compare.ts';
import { history } from './history.ts';
import { addressOfComparison } from './shared.ts';

/** What became of a pasted text. */
export interface Pasted {
  /** Where its results stand beside each other; null when there are too few. */
  address: string | null;
  /** What was found and what was left out, in sentences. */
  said: string[];
}

/**
 * A comparison with the results of a pasted text: behind those that are ticked, or behind the newest of this device where
 * the text has a single one.
 */
export function comparePasted(text: string): Pasted {
  const found = linksIn(text);
  const own = ownFor(found.tokens.length);
  const tokens = [...own, ...found.tokens];
  const said = [...tell(found), ...lacking(found.tokens.length, tokens.length)];
  if (found.tokens.length === 0 || tokens.length < 2) return { address: null, said };
  if (tokens.length > MOST) said.push(`Only the first ${MOST} are compared.`);
  return { address: addressOfComparison(tokens.slice(0, MOST)), said };
}

function ownFor(found: number): string[] {
  const ticked = picked.value.filter((id) => history.value.some((entry) => entry.id === id));
  if (ticked.length > 0) return ticked;
  const [newest] = history.value;
  return found === 1 && newest ? [newest.id] : [];
}

function lacking(found: number, all: number): string[] {
  if (found === 0) return ['Copy the link of a result, or a text that has one in it, and paste it here.'];
  return all < 2 ? ['One alone has nothing to be compared with: paste another, or measure here first.'] : [];
}

function tell({ tokens, refused, isCut }: Found): string[] {
  const { length } = tokens;
  const count =
    length === 0 ? 'No result was found in it.' : `${length} result${length > 1 ? 's' : ''} found.`;
  const reasons = refused.map(({ message, count: times }) =>
    times === 1 ? `A link was left out: ${message}` : `${times} links were left out: ${message}`,
  );
  return [count, ...reasons, ...(isCut ? ['The text is very long, and its end was not looked at.'] : [])];
}
