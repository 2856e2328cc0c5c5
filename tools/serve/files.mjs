// From a URL path to a file below one folder, never outside it.
import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';

/**
 * @param {string} root absolute path of the folder that is served
 * @param {string} pathname of the URL, still percent-encoded
 * @returns {string | null} an absolute path inside `root`, or null for anything that leaves it or is not to be served:
 *   escapes that do not decode, NUL, back slashes, dot files and `_headers`
 */
export function filePath(root, pathname) {
  const path = decode(pathname);
  if (path === null || /[\0\\]/.test(path)) return null;
  if (path.split('/').some((part) => part.startsWith('.') || part === '_headers')) return null;
  const file = resolve(join(root, path));
  return file === resolve(root) || file.startsWith(resolve(root) + sep) ? file : null;
}

function decode(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/**
 * @typedef {{ path: string, sizeBytes: number, etag: string }} Found
 * @param {string} path
 * @returns {Promise<Found | 'folder' | null>}
 */
export async function findFile(path) {
  const facts = await stat(path).catch(() => null);
  if (facts?.isDirectory()) return 'folder';
  if (!facts?.isFile()) return null;
  const etag = `"${facts.size.toString(36)}-${Math.round(facts.mtimeMs).toString(36)}"`;
  return { path, sizeBytes: facts.size, etag };
}

/**
 * The smallest stored form of a file that the client takes: `x.js.br`, `x.js.gz` or `x.js` itself.
 * @param {Found} file
 * @param {{ name: string, suffix: string }[]} encodings in order of preference
 * @returns {Promise<Found & { encoding: string | null }>}
 */
export async function chooseForm(file, encodings) {
  for (const { name, suffix } of encodings) {
    const packed = await findFile(file.path + suffix);
    if (packed && packed !== 'folder') return { ...packed, encoding: name };
  }
  return { ...file, encoding: null };
}
