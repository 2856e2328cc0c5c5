// What a first view of a built page fetches, out of its files: every script and style that index.html names or that
// such a script imports statically. Workers and dynamic imports come later, on intent, and are not part of it.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * @typedef {{ path: string, rawBytes: number, gzipBytes: number }} Part
 * @param {string} folder of the build
 * @returns {{ scripts: Part[], styles: Part[] }}
 */
export function firstView(folder) {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"/g)];
  const paths = named.map(([, path]) => posix.normalize(path));
  const scripts = follow(
    folder,
    paths.filter((path) => path.endsWith('.js')),
  );
  return {
    scripts: scripts.map((path) => weigh(folder, path)),
    styles: paths.filter((path) => path.endsWith('.css')).map((path) => weigh(folder, path)),
  };
}

/** These scripts and all that they import statically, each once. */
function follow(folder, entries) {
  const seen = new Set();
  const queue = [...entries];
  for (let path = queue.pop(); path; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    queue.push(...staticImports(readFileSync(join(folder, path), 'utf8'), path));
  }
  return [...seen].sort();
}

/**
 * `import{a}from"./b.js"`, `import"./b.js"` and `export*from"./b.js"` of minified code; `import("./b.js")` is lazy.
 * @param {string} code
 * @param {string} path of the script, to resolve what it imports
 * @returns {string[]}
 */
export function staticImports(code, path) {
  const found = code.matchAll(/\b(?:import|from)\s*(["'`])(\.{1,2}\/[^"'`]+\.js)\1/g);
  return [...found].map((match) => posix.join(posix.dirname(path), match[2]));
}

function weigh(folder, path) {
  const bytes = readFileSync(join(folder, path));
  return { path, rawBytes: bytes.length, gzipBytes: gzipSync(bytes, { level: 9 }).length };
}

/**
 * @param {Part[]} parts
 * @returns {number} gzip bytes of all
 */
export function gzipTotal(parts) {
  return parts.reduce((sum, part) => sum + part.gzipBytes, 0);
}
