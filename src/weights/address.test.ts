import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIBRARY_PATH, parseStored, storedFolder, storedUrl } from './address.ts';

const segment = fc.stringMatching(/^[A-Za-z0-9_+@=-][A-Za-z0-9._+@= -]{0,20}$/);

test('an address gives back the id and the path it was made of', () => {
  const id = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text !== '.' && text !== '..');
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(id, path, (a, b) => {
      expect(parseStored(storedUrl(a, b))).toEqual({ id: a, path: b });
    }),
  );
});

test('the browser does not rewrite an address', () => {
  const url = storedUrl('https://example.org/a b', 'params/shard_0.bin');
  expect(new URL(url).href).toBe(url);
});

test('a file name resolved against the folder, as web-llm does it, is the stored address', () => {
  expect(new URL('params_shard_0.bin', storedFolder('demo')).href).toBe(
    storedUrl('demo', 'params_shard_0.bin'),
  );
  expect(storedUrl('demo', LIBRARY_PATH)).toMatch(/\/@library\.wasm$/);
  expect(parseStored('https://stored.invalid/demo/resolve/main/@library.wasm')?.path).toBe(LIBRARY_PATH);
});

test('other addresses are not stored ones', () => {
  const strange = ['https://example.org/demo/resolve/main/a.bin', 'https://stored.invalid/demo/a', '', 'x%'];
  for (const url of [...strange, 'https://stored.invalid/%/resolve/main/a'])
    expect(parseStored(url)).toBeNull();
  expect(() => storedFolder('..')).toThrowError(/cannot name/);
});
