import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { engineError, failure as failed } from '../engine/failures.ts';
import { TINY, type Scripts } from './scripted.ts';

// Signals live as long as their module, so each test gets modules of its own.
beforeEach(() => void vi.resetModules());
afterEach(() => void vi.unstubAllGlobals());

async function fresh(scripts: Scripts = {}) {
  const scripted = await import('./scripted.ts');
  const seen = scripted.script(scripts);
  const state = await import('./session.ts');
  const states: string[] = [];
  state.session.subscribe((word) => void states.push(word));
  return { state, seen, states };
}

test('a model is fetched, loaded and ready', async () => {
  const { state, seen, states } = await fresh();
  await expect(state.openModel(TINY)).resolves.toBe(true);
  expect(states).toEqual(['absent', 'downloading', 'loading', 'ready']);
  expect(seen.downloads).toEqual(['tiny-q4f32_1']);
  expect(state.loaded.value?.variant).toBe('tiny-q4f32_1');
  expect(state.fetchedBytes.value).toBe(1000);
});

test('a stored model is not fetched', async () => {
  const { state, seen } = await fresh({ stored: ['tiny-q4f32_1'] });
  await state.openModel(TINY);
  expect(seen.downloads).toEqual([]);
  expect(state.fromStore.value).toBe(true);
});

test('a stored model of another release is brought up to date, where there is a network', async () => {
  const variant = { ...TINY.variant, sha256: { 'tensor-cache.json': 'ab'.repeat(32) } };
  const { state, seen } = await fresh({ stored: [variant.id], storedSha256: { 'tensor-cache.json': 'cd' } });
  const { isOnline } = await import('./network.ts');
  isOnline.value = false;
  await expect(state.openModel({ ...TINY, variant })).resolves.toBe(true);
  expect(seen.downloads).toEqual([]);
  isOnline.value = true;
  await state.openModel({ ...TINY, variant });
  expect(seen.downloads).toEqual([variant.id]);
});

test('a stored model without hashes, as an import may be, is taken as it is', async () => {
  const variant = { ...TINY.variant, sha256: { 'tensor-cache.json': 'ab'.repeat(32) } };
  const { state, seen } = await fresh({ stored: [variant.id] });
  await expect(state.openModel({ ...TINY, variant })).resolves.toBe(true);
  expect(seen.downloads).toEqual([]);
});

test('a download can be cancelled, and leaves nothing behind', async () => {
  const { state } = await fresh({
    download: ({ signal }) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(engineError('aborted')))),
  });
  const opening = state.openModel(TINY);
  await vi.waitFor(() => expect(state.session.value).toBe('downloading'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  state.cancelOpening();
  await expect(opening).resolves.toBe(false);
  expect(state.session.value).toBe('absent');
  expect(state.target.value).toBeNull();
  expect(state.failure.value).toBeNull();
});

test('a failed load says why, and the same model can be tried again', async () => {
  const engine: Scripts = { engine: { failLoad: failed('out-of-memory') } };
  const { state, seen } = await fresh(engine);
  await expect(state.openModel(TINY)).resolves.toBe(false);
  expect(state.session.value).toBe('failed');
  expect(state.failure.value?.code).toBe('out-of-memory');
  expect(state.target.value).toBe(TINY);
  delete seen.host().script.failLoad;
  await expect(state.openModel(TINY)).resolves.toBe(true);
  expect(state.failure.value).toBeNull();
});

test('a model that is still on the GPU stays ready when another is cancelled', async () => {
  let cancel: (() => void) | undefined;
  const { state } = await fresh({
    stored: ['tiny-q4f32_1'],
    download: async () => {
      cancel?.();
      throw engineError('aborted');
    },
  });
  await state.openModel(TINY);
  cancel = state.cancelOpening;
  const other = { ...TINY, variant: { ...TINY.variant, id: 'other' } };
  await expect(state.openModel(other)).resolves.toBe(false);
  expect(state.session.value).toBe('ready');
  expect(state.target.value).toBe(TINY);
});

test('only one may use the engine, and a job that fails leaves it ready', async () => {
  const { state } = await fresh();
  await expect(state.useEngine(async () => 1)).rejects.toMatchObject({ code: 'not-loaded' });
  await state.openModel(TINY);
  const first = state.useEngine(() => Promise.reject(engineError('context-full')));
  await expect(state.useEngine(async () => 1)).rejects.toMatchObject({ code: 'busy' });
  await expect(first).rejects.toMatchObject({ code: 'context-full' });
  expect(state.session.value).toBe('ready');
});

test('a load that fails over a damaged file fetches it again and goes on, once', async () => {
  const engine: Scripts['engine'] = { failLoad: failed('weights-missing') };
  const { state, seen, states } = await fresh({
    engine,
    stored: ['tiny-q4f32_1'],
    damaged: ['params_shard_0.bin'],
    download: async () => void delete engine.failLoad,
  });
  await expect(state.openModel(TINY)).resolves.toBe(true);
  expect(seen.downloads).toEqual(['tiny-q4f32_1']);
  expect(states).toEqual(['absent', 'downloading', 'loading', 'downloading', 'loading', 'ready']);
});

test('a load that fails although every file is right says its own reason', async () => {
  const { state, seen } = await fresh({
    engine: { failLoad: failed('library-invalid') },
    stored: ['tiny-q4f32_1'],
  });
  await expect(state.openModel(TINY)).resolves.toBe(false);
  expect(state.failure.value?.code).toBe('library-invalid');
  expect(seen.downloads).toEqual([]);
});
