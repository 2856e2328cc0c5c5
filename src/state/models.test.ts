import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import type { AdapterFacts } from '../engine/engine.ts';
import type { Probe } from '../gpu/probe.ts';
import { SCRIPTED_ADAPTER } from '../engine/scripted.ts';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('document', { baseURI: 'https://app.example/' });
});

async function page(adapter: Partial<AdapterFacts> | null = {}, stored: string[] = []) {
  const { script } = await import('./scripted.ts');
  const seen = script({ stored });
  const { gpu } = await import('./gpu.ts');
  gpu.value = probeOf(adapter);
  const models = await import('./models.ts');
  const { refreshStored } = await import('./stored.ts');
  await refreshStored();
  const row = (id: string) => models.rows.value.find(({ model }) => model.id === id)!;
  return { ...models, row, seen, notices: await import('./notices.ts') };
}

function probeOf(adapter: Partial<AdapterFacts> | null): Probe {
  return {
    state: adapter ? 'ready' : 'no-webgpu',
    usable: adapter !== null,
    notes: [],
    adapter: adapter && { ...SCRIPTED_ADAPTER, ...adapter },
    deviceMemoryGb: 16,
    timerStepMs: 0.1,
  };
}

test('with 16-bit floats the usual variant is taken, without them the f32 one, and the page knows why', async () => {
  const able = await page({ features: ['shader-f16'] });
  expect(able.row('qwen3.5-0.8b')).toMatchObject({
    variant: { quantization: 'q4f16_1' },
    choice: null,
    loadable: true,
  });
  vi.resetModules();
  const plain = await page();
  expect(plain.row('qwen3.5-0.8b').variant?.quantization).toBe('q4f32_1');
  expect(plain.row('qwen3.5-0.8b').choice).toContain('shader-f16');
  expect(plain.row('gemma-3-1b')).toMatchObject({ variant: null, loadable: false });
});

test('without a GPU the models are shown, and none can be loaded', async () => {
  const { rows } = await page(null);
  expect(rows.value.length).toBeGreaterThan(10);
  expect(rows.value.every(({ loadable, fit }) => !loadable && fit === null)).toBe(true);
});

test('a deletion can be taken back until its notice goes', async () => {
  const { row, removeModel, notices, seen } = await page({}, ['demo-q4f32_1']);
  expect(row('demo').stored?.state).toBe('verified');

  await removeModel(row('demo'));
  expect(row('demo').stored).toBeNull();
  notices.act(notices.notices.value[0]!.id);
  expect(row('demo').stored).not.toBeNull();
  expect(seen.removed).toEqual([]);

  await removeModel(row('demo'));
  notices.dismiss(notices.notices.value[0]!.id);
  await vi.waitFor(() => expect(seen.removed).toEqual(['demo-q4f32_1']));
});

test('a model added by its addresses is on the list once, and refused when they are wrong', async () => {
  const { addModel, rows } = await page();
  const before = rows.value.length;
  const added = addModel(
    'https://huggingface.co/me/Mine-q4f32_1-MLC',
    'https://huggingface.co/me/Mine-q4f32_1-MLC/resolve/main/mine.wasm',
  );
  addModel(
    'https://huggingface.co/me/Mine-q4f32_1-MLC',
    'https://huggingface.co/me/Mine-q4f32_1-MLC/resolve/main/mine.wasm',
  );
  expect(rows.value).toHaveLength(before + 1);
  expect(added).toMatchObject({ custom: true, loadable: true, model: { name: 'Mine-q4f32_1-MLC' } });
  expect(() =>
    addModel('ftp://host.example/', 'https://huggingface.co/me/Mine-q4f32_1-MLC/resolve/main/mine.wasm'),
  ).toThrow(/model/);
});

test('what is stored of added models is read with care', async () => {
  const { parseAdded } = await page();
  expect(parseAdded('no')).toBeNull();
  expect(parseAdded([null, {}, { modelUrl: 'a', libUrl: 1 }, { modelUrl: 'a', libUrl: 'b' }])).toEqual([
    { modelUrl: 'a', libUrl: 'b' },
  ]);
});
