import { EngineError } from '../engine/engine.ts';

/**
 * Inside the engine worker a stored file has an address that no network can answer:
 *
 *     https://stored.invalid/<variant id>/resolve/main/<path>
 *
 * `.invalid` is reserved (RFC 2606), so a request that slips past the store fails visibly instead of quietly going
 * online. web-llm wants `/resolve/<revision>/` in a model's address and treats the text `localhost` specially; real
 * addresses would therefore behave differently from host to host.
 */
const ORIGIN = 'https://stored.invalid';
const REVISION = 'resolve/main';
const STORED = new RegExp(`^${ORIGIN}/([^/]+)/${REVISION}/([^?#]*)$`);

/** Path under which the model library is stored, whatever its file is called where it comes from. */
export const LIBRARY_PATH = '@library.wasm';

/** A stored file: whose it is, and its path inside the model's folder. */
export interface StoredAddress {
  id: string;
  path: string;
}

/** The address of a variant's folder, with a slash at the end. Throws `bad-request` for an id no URL can carry. */
export function storedFolder(id: string): string {
  if (id === '' || id === '.' || id === '..') {
    throw new EngineError(
      'bad-request',
      `"${id}" cannot name a model.`,
      'Choose another name for this model.',
    );
  }
  return `${ORIGIN}/${encodeURIComponent(id)}/${REVISION}/`;
}

/**
 * The address of one stored file, spelled as `new URL(path, storedFolder(id))` spells it, because web-llm compares
 * addresses as text. `path` is relative to the model's folder, or `LIBRARY_PATH`.
 */
export function storedUrl(id: string, path: string): string {
  return storedFolder(id) + encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}

/** The reverse of `storedUrl`; null for any other address. */
export function parseStored(url: string): StoredAddress | null {
  const match = STORED.exec(url);
  if (!match?.[1] || !match[2]) return null;
  try {
    return { id: decodeURIComponent(match[1]), path: decodeURIComponent(match[2]) };
  } catch {
    return null; // a stray % that no stored address contains
  }
}
