import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstView, gzipTotal, staticImports } from './page-size.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-size-'));
  mkdirSync(join(folder, 'assets'));
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  write(
    'index.html',
    '<link rel="icon" href="./a.svg"><link rel="modulepreload" href="./assets/b.js">' +
      '<link rel="stylesheet" crossorigin href="./assets/a.css"><script type="module" crossorigin src="./assets/a.js"></script>',
  );
  write('assets/a.js', 'import{x}from"./b.js";import("./lazy.js");new Worker("./worker.js")');
  write('assets/b.js', 'import"./c.js";export let x=1');
  write('assets/c.js', 'import{y}from"./b.js"');
  write('assets/a.css', 'a{}');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('follows static imports, each once, and nothing lazy', () => {
  const { scripts, styles } = firstView(folder);
  expect(scripts.map(({ path }) => path)).toEqual(['assets/a.js', 'assets/b.js', 'assets/c.js']);
  expect(styles.map(({ path }) => path)).toEqual(['assets/a.css']);
  expect(gzipTotal(scripts)).toBeGreaterThan(gzipTotal(scripts.slice(1)));
});

test('knows every form of a static import', () => {
  const code = 'import a from"./a.js";import{b}from`../b.js`;export*from"./c.js";import("./d.js");import"e"';
  expect(staticImports(code, 'assets/x.js')).toEqual(['assets/a.js', 'b.js', 'assets/c.js']);
});
