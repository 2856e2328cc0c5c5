import { expect, test } from 'vitest';
import { wasmProblem } from './content.ts';

const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const custom = (size: number) => [0, size, ...Array.from({ length: size }, () => 0)];

test('a module is whole when its last section ends where the file does', () => {
  expect(wasmProblem(new Uint8Array([...magic, ...custom(3), ...custom(0)]))).toBeNull();
  const long = [0, 0x80, 0x01, ...Array.from({ length: 128 }, () => 7)]; // 128 in two bytes
  expect(wasmProblem(new Uint8Array([...magic, ...long]))).toBeNull();
  for (let cut = magic.length; cut < magic.length + long.length; cut++) {
    expect(wasmProblem(new Uint8Array([...magic, ...long].slice(0, cut)))).toMatch(/middle/);
  }
});

test.each([
  ['a web page', [...new TextEncoder().encode('<!doctype html>')]],
  ['nothing', []],
  ['a section whose size never ends', [...magic, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
])('%s is not a library', (_, bytes) => {
  expect(wasmProblem(new Uint8Array(bytes))).not.toBeNull();
});
