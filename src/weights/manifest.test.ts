import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError, type Variant } from '../engine/engine.ts';
import { LIBRARY_PATH } from './address.ts';
import { folderUrl, headFiles, isSafePath, listFiles } from './manifest.ts';

const variant: Variant = {
  id: 'tiny',
  quantization: 'q4f32_1',
  modelUrl: 'https://example.org/models/tiny/',
  libUrl: 'https://example.org/libs/tiny.wasm',
  sizeBytes: null,
  memoryBytes: null,
  bufferBytes: null,
  features: [],
  contextTokens: 512,
};
const config = { tokenizer_files: ['tokenizer.json', 'tokenizer_config.json'] };
const md5 = 'D41D8CD98F00B204E9800998ECF8427E';
const record = { dataPath: 'params_shard_0.bin', format: 'raw-shard', nbytes: 10, md5sum: md5, records: [] };

test('a model is its config, tensor list, library, tokenizer and shards', () => {
  const files = listFiles(variant, config, {
    records: [record, { ...record, dataPath: 'b/1.bin', md5sum: null }],
  });
  expect(files.map((file) => [file.kind, file.path])).toEqual([
    ['config', 'mlc-chat-config.json'],
    ['tensors', 'tensor-cache.json'],
    ['library', LIBRARY_PATH],
    ['tokenizer', 'tokenizer.json'],
    ['shard', 'params_shard_0.bin'],
    ['shard', 'b/1.bin'],
  ]);
  expect(files[2]?.url).toBe('https://example.org/libs/tiny.wasm');
  expect(files[4]).toMatchObject({ sizeBytes: 10, md5: md5.toLowerCase(), sha256: null });
  expect(files[5]?.url).toBe('https://example.org/models/tiny/b/1.bin');
});

test('model manifest, golden answers and pinned hashes come along when the variant has them', () => {
  const rich = { ...variant, manifest: 'm.json', golden: 'golden.json', sha256: { [LIBRARY_PATH]: 'ab' } };
  const files = headFiles(rich);
  expect(files.map((file) => file.kind)).toEqual(['config', 'tensors', 'library', 'manifest', 'golden']);
  expect(files[2]?.sha256).toBe('ab');
});

test.each([
  ['no tokenizer list', {}, { records: [record] }],
  ['an unknown tokenizer', { tokenizer_files: ['vocab.txt'] }, { records: [record] }],
  ['an array for a config', [], { records: [record] }],
  ['no records', config, { records: [] }],
  ['records of a wrong type', config, { records: { length: 1 } }],
  ['inherited fields', config, Object.create({ records: [record] })],
  ['a path upwards', config, { records: [{ ...record, dataPath: '../secret.bin' }] }],
  ['an absolute path', config, { records: [{ ...record, dataPath: '/etc/passwd' }] }],
  ['an address for a path', config, { records: [{ ...record, dataPath: 'https://evil.example/x.bin' }] }],
  ['a backslash', config, { records: [{ ...record, dataPath: '..\\x.bin' }] }],
  ['a query', config, { records: [{ ...record, dataPath: 'x.bin?y' }] }],
  ['an escaped dot', config, { records: [{ ...record, dataPath: '%2e%2e/x.bin' }] }],
  ['the place of the library', config, { records: [{ ...record, dataPath: LIBRARY_PATH }] }],
  ['the place of the config', config, { records: [{ ...record, dataPath: 'mlc-chat-config.json' }] }],
  ['the same shard twice', config, { records: [record, record] }],
  ['no size', config, { records: [{ ...record, nbytes: undefined }] }],
  ['a negative size', config, { records: [{ ...record, nbytes: -1 }] }],
  ['a huge size', config, { records: [{ ...record, nbytes: 1e15 }] }],
  ['half a byte', config, { records: [{ ...record, nbytes: 0.5 }] }],
  ['a checksum of a wrong length', config, { records: [{ ...record, md5sum: 'abc' }] }],
  ['too many shards', config, { records: Array.from({ length: 9000 }, () => record) }],
])('%s is not a model', (_, someConfig, tensors) => {
  expect(() => listFiles(variant, someConfig, tensors)).toThrowError(EngineError);
  expect(() => listFiles(variant, someConfig, tensors)).toThrowError(/not a model/);
});

test('whatever the files say, the answer is a list inside the folder or a `not-a-model`', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (someConfig, tensors) => {
      try {
        for (const file of listFiles(variant, someConfig, tensors))
          expect(file.url).toContain('https://example.org/');
      } catch (error) {
        expect((error as EngineError).code).toBe('not-a-model');
      }
    }),
  );
  fc.assert(
    fc.property(fc.string(), (path) => {
      const folder = 'https://example.org/models/tiny/';
      if (isSafePath(path)) expect(new URL(path, folder).href).toBe(folder + path);
    }),
  );
});

test('a bare Hugging Face repository means its main revision; other folders are taken as they are', () => {
  expect(folderUrl('https://huggingface.co/mlc-ai/X-MLC')).toBe(
    'https://huggingface.co/mlc-ai/X-MLC/resolve/main/',
  );
  expect(folderUrl('https://huggingface.co/mlc-ai/X/resolve/abc')).toMatch(/\/resolve\/abc\/$/);
  expect(folderUrl('http://127.0.0.1:8000/a/b')).toBe('http://127.0.0.1:8000/a/b/');
  for (const bad of ['models/demo/', 'ftp://x/', 'javascript:alert(1)', '']) {
    expect(() => folderUrl(bad)).toThrowError(/not an address/);
  }
});
