import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { customVariant } from './custom.ts';

const PAGE = 'https://runs.example/app/';
const LIB = 'https://raw.githubusercontent.com/o/libs/main/tiny-q4f32_1-webgpu.wasm';

it.each([
  [
    'https://huggingface.co/mlc-ai/Tiny-q4f16_1-MLC',
    'https://huggingface.co/mlc-ai/Tiny-q4f16_1-MLC/resolve/main/',
  ],
  ['https://huggingface.co/mlc-ai/Tiny-MLC/', 'https://huggingface.co/mlc-ai/Tiny-MLC/resolve/main/'],
  ['https://hf.co/mlc-ai/Tiny-MLC/tree/dev', 'https://huggingface.co/mlc-ai/Tiny-MLC/resolve/dev/'],
  ['https://huggingface.co/a/b/resolve/abc123/', 'https://huggingface.co/a/b/resolve/abc123/'],
  ['https://huggingface.co/a/b/blob/main/mlc-chat-config.json', 'https://huggingface.co/a/b/resolve/main/'],
  [' https://runs.example/models/tiny#top ', 'https://runs.example/models/tiny/'],
  ['https://runs.example/m/mlc-chat-config.json', 'https://runs.example/m/'],
  ['models/mine', 'https://runs.example/app/models/mine/'],
  ['http://localhost:8080/m', 'http://localhost:8080/m/'],
  ['http://127.0.0.1:8080/m', 'http://127.0.0.1:8080/m/'],
])('reads %s as %s', (given, expected) => {
  expect(customVariant(given, LIB, PAGE).modelUrl).toBe(expected);
});

it('reads a page of Hugging Face that shows a library as the file', () => {
  const { libUrl } = customVariant(
    'https://runs.example/m',
    'https://huggingface.co/a/b/blob/main/x.wasm',
    PAGE,
  );
  expect(libUrl).toBe('https://huggingface.co/a/b/resolve/main/x.wasm');
});

it.each([
  ['', LIB, /model is empty/],
  ['https://', LIB, /not a URL/],
  ['http://host.example/m', LIB, /https/],
  ['http://localhost.evil.example/m', LIB, /https/],
  ['http://[::1]:8080/m', LIB, /https/],
  ['https://host.example/m', LIB, /host\.example/],
  ['https://huggingface.co.evil.example/m', LIB, /evil\.example/],
  ['https://nothuggingface.co/m', LIB, /nothuggingface/],
  ['ftp://host.example/m', LIB, /https/],
  ['javascript:alert(1)', LIB, /https/],
  ['data:text/plain,x', LIB, /https/],
  ['blob:https://runs.example/1', LIB, /https/],
  ['https://user:secret@host.example/m', LIB, /user name/],
  [`https://host.example/${'m'.repeat(3_000)}`, LIB, /longer/],
  ['https://runs.example/m?token=1', LIB, /\?/],
  ['https://huggingface.co/mlc-ai', LIB, /does not name a model/],
  ['https://runs.example/m', '', /library is empty/],
  ['https://runs.example/m', 'https://runs.example/lib.js', /\.wasm/],
  ['https://runs.example/m', 'http://host.example/lib.wasm', /https/],
])('refuses %s with %s', (model, lib, message) => {
  expect(() => customVariant(model, lib, PAGE)).toThrowError(message);
  try {
    customVariant(model, lib, PAGE);
  } catch (error) {
    expect(error).toMatchObject({
      name: 'EngineError',
      code: 'bad-url',
      hint: expect.stringContaining('https'),
    });
  }
});

it('gives the same addresses the same id, and others another', () => {
  const id = (model: string, lib = LIB) => customVariant(model, lib, PAGE).id;
  expect(id('https://huggingface.co/a/b')).toBe(id('https://huggingface.co/a/b/resolve/main/'));
  expect(id('https://huggingface.co/a/b')).not.toBe(id('https://huggingface.co/a/b/tree/dev'));
  expect(id('https://huggingface.co/a/b')).not.toBe(
    id('https://huggingface.co/a/b', LIB.replace('tiny', 'big')),
  );
  expect(id('https://huggingface.co/a/b')).toMatch(/^custom-b-[0-9a-f]{16}$/);
});

it('knows from the name that a model needs 16-bit floats', () => {
  expect(customVariant('https://huggingface.co/mlc-ai/X-q4f16_1-MLC', LIB, PAGE)).toMatchObject({
    quantization: 'q4f16_1',
    features: ['shader-f16'],
  });
  expect(customVariant('https://runs.example/m', LIB, PAGE)).toMatchObject({
    quantization: 'q4f32_1',
    features: [],
  });
  expect(customVariant('https://runs.example/m', 'https://runs.example/l.wasm', PAGE).quantization).toBe(
    'unknown',
  );
});

it('takes no host that the policy of the page refuses', () => {
  const headers = readFileSync(new URL('../../public/_headers', import.meta.url), 'utf8');
  const allowed = /connect-src ([^;]+)/.exec(headers)?.[1] ?? '';
  const hosts = ['https://huggingface.co', 'https://raw.githubusercontent.com', 'http://127.0.0.1:*'];
  expect(allowed.split(' ')).toEqual(
    expect.arrayContaining([...hosts, 'http://localhost:*', 'https://*.hf.co']),
  );
});
