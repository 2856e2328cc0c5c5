/**
 * The house rules of ARCHITECTURE.md that concern who may import whom. Types are free: they leave no trace in what
 * is shipped. Tests may reach everything.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SRC = dirname(fileURLToPath(import.meta.url));

interface Import {
  /** Path below `src`, e.g. `ui/App.tsx`. */
  from: string;
  /** Path below `src`, or the name of a package. */
  to: string;
  typeOnly: boolean;
}

/** Rooms that may be entered only through these files. The others, pure ones among them, are all doors. */
const DOORS: Record<string, RegExp> = {
  ui: /^ui\/App\.tsx$/,
  engine: /^engine\/(engine|client|catalog|custom|fit|failures|scripted)\.ts$/,
  weights: /^weights\/(client|locks)\.ts$/,
};
/** The engine's worker reads weights through their CacheStorage face, by the addresses that face answers to. */
const ENGINE_READS = /^weights\/(caches|address)\.ts$/;

const files = listFiles();
const sources = new Map(files.map((file) => [file, readFileSync(join(SRC, file), 'utf8')]));
const imports = files.flatMap(readImports);
const values = imports.filter(({ typeOnly }) => !typeOnly);

function listFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path));
}

function readImports(from: string): Import[] {
  const text = (sources.get(from) ?? '').replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
  const statics = text.matchAll(/^(?:import|export)\s+(?:([^'";]*?)\s+from\s+)?['"]([^'"]+)['"]/gm);
  const lazy = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+)['"]/g);
  return [
    ...[...statics].map(([, what = '', path = '']) => ({
      from,
      to: resolve(from, path),
      typeOnly: isType(what),
    })),
    ...[...lazy].map(([, path, url]) => ({ from, to: resolve(from, path ?? url ?? ''), typeOnly: false })),
  ];
}

/** `type X`, `type { X }` and `{ type X, type Y }`. */
function isType(what: string): boolean {
  if (/^type\b/.test(what)) return true;
  const names = /^\{([^]*)\}$/
    .exec(what.trim())?.[1]
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names !== undefined && names.length > 0 && names.every((name) => name.startsWith('type '));
}

function resolve(from: string, path: string): string {
  return path.startsWith('.') ? posix.join(posix.dirname(from), path.replace(/\?.*$/, '')) : path;
}

function room(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

function isOurs({ to }: Import): boolean {
  return sources.has(to);
}

function show(found: Import[]): string[] {
  return found.map(({ from, to }) => `${from} imports ${to}`);
}

test('the imports were read', () => {
  expect(values.length).toBeGreaterThan(20);
  expect(imports.filter(({ to }) => to.startsWith('..'))).toEqual([]);
});

test('only engine/webllm imports web-llm, and with it six megabytes', () => {
  const others = imports.filter(
    ({ from, to }) => to === '@mlc-ai/web-llm' && !from.startsWith('engine/webllm'),
  );
  expect(show(others)).toEqual([]);
});

describe('ui', () => {
  test('imports only state, bench/format and share', () => {
    const allowed = /^(ui\/|state\/|share\/|bench\/format\.ts$)/;
    const wrong = values.filter((i) => room(i.from) === 'ui' && isOurs(i) && !allowed.test(i.to));
    expect(show(wrong)).toEqual([]);
  });
  test('is imported only by main', () => {
    const wrong = imports.filter(
      ({ from, to }) => room(to) === 'ui' && room(from) !== 'ui' && from !== 'main.tsx',
    );
    expect(show(wrong)).toEqual([]);
  });
});

test('bench runs anywhere: of the rest it imports types and the contract', () => {
  const allowed = /^(bench\/|engine\/engine\.ts$)/;
  const wrong = values.filter((i) => room(i.from) === 'bench' && isOurs(i) && !allowed.test(i.to));
  expect(show(wrong)).toEqual([]);
});

test('reference is data and arithmetic: of the rest it imports how numbers are written', () => {
  const allowed = /^(reference\/|bench\/number\.ts$)/;
  const wrong = values.filter((i) => room(i.from) === 'reference' && !allowed.test(i.to));
  expect(show(wrong)).toEqual([]);
});

test('engine/engine imports nothing, so that every room may import it', () => {
  expect(show(imports.filter(({ from }) => from === 'engine/engine.ts'))).toEqual([]);
});

test('rooms are entered through their doors', () => {
  const wrong = values.filter((i) => isOurs(i) && room(i.from) !== room(i.to) && !isDoor(i));
  expect(show(wrong)).toEqual([]);
});

function isDoor({ from, to }: Import): boolean {
  return DOORS[room(to)]?.test(to) !== false || (from.startsWith('engine/') && ENGINE_READS.test(to));
}

test('no barrels: what is imported is where it is written', () => {
  expect(files.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([]);
  const passedOn = [...sources].filter(([, text]) => /^export\s+(\*|\{[^}]*\})\s+from\b/m.test(text));
  expect(passedOn.map(([file]) => file)).toEqual([]);
});
