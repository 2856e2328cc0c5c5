import { notify } from './notices.ts';

/** What another program may hand over, as the manifest's share target names it; the first that holds a link counts. */
const FIELDS = ['shared-url', 'shared-text', 'shared-title'];

/** A result as it stands in a link, wherever in a text; `share/link.ts` judges what is in it. */
const RESULT = /#r=[\w.-]{1,4096}/;

/**
 * The fragment of the result link in what was handed over: empty where there is none in it, null where nothing was
 * handed over. Of the rest, whatever it is, nothing is used.
 */
export function parseHanded(search: string): string | null {
  const query = new URLSearchParams(search);
  const given = FIELDS.map((field) => query.get(field)).filter((text) => text !== null);
  if (given.length === 0) return null;
  return given.map((text) => RESULT.exec(text)?.[0]).find(Boolean) ?? '';
}

/** Turns an address that another program made into that of the result, before the address is read. */
export function takeHanded(): void {
  const fragment = parseHanded(location.search);
  if (fragment === null) return;
  history.replaceState(null, '', location.pathname + fragment);
  if (fragment === '') notify('What was shared holds no result of this page.');
}
