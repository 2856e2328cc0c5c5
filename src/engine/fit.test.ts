import { expect, it } from 'vitest';
import { CATALOG } from './catalog.ts';
import type { AdapterFacts } from './engine.ts';
import { judgeFit, nextSmaller, pickVariant } from './fit.ts';

const ADAPTER: AdapterFacts = {
  vendor: 'maker',
  architecture: '',
  device: '',
  description: '',
  software: false,
  features: ['shader-f16', 'subgroups'],
  maxBufferBytes: 2 ** 31,
  maxBindingBytes: 2 ** 31,
};
const WITHOUT_F16 = { ...ADAPTER, features: ['subgroups'] };

function model(id: string) {
  const found = CATALOG.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no ${id} in the catalogue`);
  return found;
}

function variant(id: string) {
  const found = CATALOG.flatMap(({ variants }) => variants).find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no ${id} in the catalogue`);
  return found;
}

it('takes the 16-bit variant where the GPU can, and has nothing to say', () => {
  const { variant: picked, reason } = pickVariant(model('qwen3.5-0.8b'), ADAPTER);
  expect(picked?.quantization).toBe('q4f16_1');
  expect(reason).toBeNull();
});

it('takes the 32-bit variant elsewhere, and says why', () => {
  const { variant: picked, reason } = pickVariant(model('qwen3.5-0.8b'), WITHOUT_F16);
  expect(picked?.quantization).toBe('q4f32_1');
  expect(reason).toMatch(/shader-f16.*q4f32_1/);
});

it('takes nothing where no variant runs, and says why', () => {
  const { variant: picked, reason } = pickVariant(model('gemma-3-1b'), WITHOUT_F16);
  expect(picked).toBeNull();
  expect(reason).toMatch(/Gemma 3 1B exists in no variant/);
});

it('has nothing to say of a model with a single variant that runs', () => {
  expect(pickVariant(model('demo'), WITHOUT_F16).reason).toBeNull();
});

it.each([
  ['Qwen3.5-0.8B-q4f16_1-MLC', 8, 'fits'],
  ['Qwen3.5-4B-q4f16_1-MLC', 8, 'fits'],
  ['Qwen3.5-9B-q4f16_1-MLC', 8, 'tight'],
  ['Qwen3.5-9B-q4f32_1-MLC', 8, 'unknown'],
  ['Qwen3.5-4B-q4f16_1-MLC', 4, 'does-not-fit'],
  ['Qwen3.5-0.8B-q4f16_1-MLC', 2, 'tight'],
  ['Qwen3.5-0.8B-q4f16_1-MLC', null, 'unknown'],
] as const)('%s on a device that tells %s GB: %s', (id, deviceMemoryGb, verdict) => {
  const fit = judgeFit(variant(id), ADAPTER, deviceMemoryGb);
  expect(fit.verdict).toBe(verdict);
  expect(fit.why).toMatch(/GB of GPU memory.*\.$/);
});

it('does not fit where a feature or a large enough buffer is lacking', () => {
  expect(judgeFit(variant('Qwen3.5-0.8B-q4f16_1-MLC'), WITHOUT_F16, 8)).toMatchObject({
    verdict: 'does-not-fit',
  });
  const small = { ...ADAPTER, maxBindingBytes: 2 ** 27 };
  const { verdict, why } = judgeFit(variant('gemma-4-E2B-it-q4f16_1-MLC'), small, 8);
  expect(verdict).toBe('does-not-fit');
  expect(why).toMatch(/192 MB.*128 MB/);
});

it('does not judge what it does not know', () => {
  const unknown = { ...variant('demo-q4f32_1'), memoryBytes: null };
  expect(judgeFit(unknown, ADAPTER, 8).verdict).toBe('unknown');
});

it.each([
  ['qwen3.5-4b', 'qwen3.5-2b'], // of its own family
  ['qwen3.5-0.8b', 'qwen3-0.6b'], // the smallest of its family
  ['demo', null],
])('after %s the next smaller model is %s', (id, smaller) => {
  expect(nextSmaller(model(id), CATALOG)?.id ?? null).toBe(smaller);
});

it('takes no smaller model for one whose size is not known', () => {
  expect(nextSmaller({ ...model('demo'), parameters: 0 }, CATALOG)).toBeNull();
});
