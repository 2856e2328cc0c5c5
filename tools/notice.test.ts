import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const home = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, home), 'utf8');
const notice = read('NOTICE');
const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };

/** What reaches the visitor: dependencies, and theirs. */
function shipped(names: string[]): string[] {
  return names.flatMap((name) => [name, ...shipped(Object.keys(manifest(name).dependencies ?? {}))]);
}

function manifest(name: string): { license: string; dependencies?: Record<string, string> } {
  return JSON.parse(read(`node_modules/${name}/package.json`));
}

test.each([...new Set(shipped(Object.keys(dependencies)))])('NOTICE names %s with its licence', (name) => {
  const line = notice.split('\n').find((text) => text.trim().split(/\s+/)[0] === name);
  expect(line?.trim().split(/\s+/)[1]).toBe(manifest(name).license);
});

test('the licence of the project itself is there', () => {
  expect(existsSync(new URL('LICENSE', home))).toBe(true);
  expect(read('LICENSE')).toContain('Apache License');
});
