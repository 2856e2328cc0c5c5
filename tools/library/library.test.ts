import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEMO, DEMO_LIBRARY, buildLibrary } from './build.mjs';
import { dimsOf, paramsOf, readDims } from './config.mjs';
import { kernelsOf } from './kernels.mjs';
import { mutations } from './mutations.mjs';
import { ODD, chatConfig } from './random.mjs';
import { compile, describe as describeKernel } from './wgsl.mjs';

/** All that the engine has to offer to a library's `env` (web-llm 0.2.86). */
const OFFERED = ['env.TVMFFIWasmSafeCall', 'env.TVMFFIWasmFunctionDeleter'];

describe('the committed library', () => {
  test('is what its source builds', { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'library-'));
    const built = await buildLibrary(DEMO, join(folder, 'library.wasm'));
    await rm(folder, { recursive: true });
    expect((await readFile(DEMO_LIBRARY)).equals(built), 'run npm run library, and commit').toBe(true);
  });

  test('is small, imports only what the engine offers and leaves the first kilobyte alone', async () => {
    const bytes = await readFile(DEMO_LIBRARY);
    expect(bytes.length).toBeLessThan(150_000);
    const module = await WebAssembly.compile(bytes);
    const imports = WebAssembly.Module.imports(module).map((item) => `${item.module}.${item.name}`);
    expect(imports.filter((name) => !OFFERED.includes(name))).toEqual([]);
    const env = { TVMFFIWasmSafeCall: () => -1, TVMFFIWasmFunctionDeleter: () => undefined };
    const { exports } = await WebAssembly.instantiate(module, { env });
    (exports['_initialize'] as () => void)();
    const memory = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer, 0, 1024);
    expect(memory.every((byte) => byte === 0)).toBe(true);
  });
});

describe('a model that does not fit is refused by name', () => {
  const config = chatConfig(ODD);
  const model = config.model_config;
  test.each([
    [{ ...config, model_type: 'gemma' }, 'model_type "gemma"'],
    [{ ...config, quantization: 'q4f16_1' }, 'quantization "q4f16_1"'],
    [{ ...config, model_config: { ...model, rope_scaling: { factor: 8 } } }, 'rope_scaling'],
    [{ ...config, model_config: { ...model, hidden_size: 98 } }, 'hidden = 98'],
    [{ ...config, model_config: { ...model, num_key_value_heads: 2 } }, '3 heads cannot share 2'],
    [{ ...config, model_config: { ...model, vocab_size: 300_000 } }, 'vocabulary of 300000'],
    [{ ...config, model_config: {} }, 'num_attention_heads'],
  ])('%#', (wrong, message) => {
    expect(() => dimsOf(wrong)).toThrow(message);
  });
});

function names(dims: typeof ODD): string[] {
  return kernelsOf(dims).map(({ name }) => name);
}

function files(dims: typeof ODD): Set<string> {
  return new Set(kernelsOf(dims).map(({ file }) => file));
}

describe('kernels', () => {
  test('have the interface that their source declares', async () => {
    const kernels = kernelsOf(await readDims(DEMO));
    const penalty = kernels.find(({ name }) => name === 'penalty')!;
    expect(describeKernel('penalty', compile(penalty))).toEqual({
      name: 'penalty',
      arg_types: ['handle', 'handle', 'handle', 'handle', 'uint32'],
      launch_param_tags: ['paramWriteAccess:[1,0,0,0]', 'blockIdx.x', 'blockIdx.y'],
    });
  });

  test('of large models are other files than those of small ones, under the same names', () => {
    const large = { ...ODD, hidden: 2048, headDim: 128, ffn: 8192 };
    expect(names(large)).toEqual(names(ODD));
    expect(files(large)).toContain('matmul.wgsl');
    expect(files(ODD)).toContain('matmul_small.wgsl');
  });

  test('every mutation changes the demo library', async () => {
    const kernels = kernelsOf(await readDims(DEMO));
    for (const mutation of Object.values(mutations)) {
      const touched = kernels.filter(({ file }) => file === mutation.file);
      expect(
        touched.some((kernel) => compile(kernel) !== compile(kernel, mutation)),
        mutation.file,
      ).toBe(true);
    }
  });
});

test('parameters have the names and shapes of the files', async () => {
  const cache = JSON.parse(await readFile(join(DEMO, 'tensor-cache.json'), 'utf8')) as {
    records: { records: { name: string; shape: number[]; dtype: string }[] }[];
  };
  const shapes = new Map(cache.records.flatMap(({ records }) => records.map((r) => [r.name, r.shape])));
  for (const { name, shape } of paramsOf(await readDims(DEMO))) expect(shapes.get(name), name).toEqual(shape);
});
