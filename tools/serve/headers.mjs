// Headers from a `_headers` file, the format that Netlify and Cloudflare Pages read: a path pattern on a line of
// its own, then indented `Name: value` lines. `*` at the end of a pattern stands for any rest.
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ pattern: string, headers: [name: string, value: string][] }} Rule
 */

/**
 * @param {string} text contents of a `_headers` file
 * @returns {Rule[]}
 * @throws Error naming the line that is neither a pattern, a header nor a comment
 */
export function parseHeaders(text) {
  /** @type {Rule[]} */
  const rules = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    if (line.startsWith('/')) rules.push({ pattern: line.trim(), headers: [] });
    else addHeader(rules.at(-1), line, index + 1);
  }
  return rules;
}

function addHeader(rule, line, number) {
  const [, name, value] = /^\s+([\w-]+):\s*(.+)$/.exec(line) ?? [];
  if (!rule || !name || !value)
    throw new Error(`_headers, line ${number}: neither a path nor a header: ${line}`);
  rule.headers.push([name, value.trim()]);
}

/**
 * The headers for one URL path, later rules over earlier ones.
 * @param {Rule[]} rules
 * @param {string} path as in the URL, with its leading slash
 * @returns {Record<string, string>}
 */
export function headersFor(rules, path) {
  return Object.fromEntries(rules.filter(({ pattern }) => matches(pattern, path)).flatMap((r) => r.headers));
}

function matches(pattern, path) {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

/**
 * @param {string} file path of a `_headers` file, which need not exist
 * @returns {Rule[]}
 */
export function readHeaders(file) {
  return existsSync(file) ? parseHeaders(readFileSync(file, 'utf8')) : [];
}
