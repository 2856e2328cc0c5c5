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

/** A model on the GPU, and a job in which it is lost. */
async function loseOnce(page: Awaited<ReturnType<typeof fresh>>, code: 'device-lost' | 'out-of-memory') {
  const lost = page.state.useEngine((engine) => engine.generate(ASK));
  await expect(lost).rejects.toMatchObject({ code });
}

const ASK = {
  prompt: { text: 'Hello' },
  maxTokens: 4,
  temperature: 0,
  topP: null,
  seed: null,
  ignoreEos: false,
};

test.each(['device-lost', 'out-of-memory'] as const)(
  'after %s the model is loaded again from the store, once; then the page says what to do',
  async (code) => {
    const page = await fresh({ engine: { pieces: ['a', 'b'], failGenerate: failed(code), failAt: 1 } });
    await page.state.openModel(TINY);
    await loseOnce(page, code);
    expect(page.state.recovering.value?.code).toBe(code);
    await vi.waitFor(() => expect(page.state.session.value).toBe('ready'));
    expect(page.seen.downloads).toHaveLength(1);
    expect(page.state.recovering.value).toBeNull();

    await loseOnce(page, code);
    expect(page.state.session.value).toBe('failed');
    expect(page.state.failure.value).toMatchObject({ code, message: expect.stringContaining('again') });
    expect(page.states.join(' ')).toBe(
      'absent downloading loading ready busy loading ready busy failed', // and no third time
    );
  },
);

test('a GPU that is lost in a load is tried once more, and no third time', async () => {
  const page = await fresh({ stored: [TINY.variant.id], engine: { failLoad: failed('device-lost') } });
  await expect(page.state.openModel(TINY)).resolves.toBe(false);
  expect(page.states).toEqual(['absent', 'downloading', 'loading', 'failed']);
  expect(page.state.failure.value?.message).toContain('again');
});

test('a GPU that is too small is not tried again', async () => {
  const page = await fresh({ stored: [TINY.variant.id], engine: { failLoad: failed('out-of-memory') } });
  await page.state.openModel(TINY);
  expect(page.state.failure.value?.message).toBe('There is not enough GPU memory.');
});

test('a reload after a loss can be cancelled', async () => {
  const script: Scripts['engine'] = { pieces: ['a'], failGenerate: failed('device-lost') };
  const page = await fresh({ engine: script });
  await page.state.openModel(TINY);
  await loseOnce(page, 'device-lost');
  page.state.cancelOpening();
  await vi.waitFor(() => expect(page.state.session.value).toBe('absent'));
  expect(page.state.loaded.value).toBeNull();
});

test('a job can bring a lost model back itself, and then goes on', async () => {
  const script: Scripts['engine'] = { pieces: ['a'], failGenerate: failed('device-lost') };
  const page = await fresh({ engine: script });
  await page.state.openModel(TINY);
  const done = page.state.useEngine(async (engine, _stopped, recover) => {
    await engine.generate(ASK).catch(() => undefined);
    delete script.failGenerate;
    await recover();
    return (await engine.generate(ASK)).text;
  });
  await expect(done).resolves.toBe('a');
  expect(page.states).toEqual(['absent', 'downloading', 'loading', 'ready', 'busy', 'ready']);
});

test('a job may bring its model back twice, and not a third time', async () => {
  const script: Scripts['engine'] = { pieces: ['a'], failGenerate: failed('device-lost') };
  const page = await fresh({ engine: script });
  await page.state.openModel(TINY);
  const done = page.state.useEngine(async (engine, _stopped, recover) => {
    for (let loss = 0; loss < 3; loss++) {
      await engine.generate(ASK).catch(() => undefined);
      await recover();
    }
  });
  await expect(done).rejects.toMatchObject({ code: 'not-loaded' });
  expect(page.states).toEqual(['absent', 'downloading', 'loading', 'ready', 'busy', 'failed']);
});

test('a job that swallows the loss of its model does not leave the session ready', async () => {
  const page = await fresh({ engine: { pieces: ['a'], failGenerate: failed('device-lost') } });
  await page.state.openModel(TINY);
  await page.state.useEngine((engine) => engine.generate(ASK).catch(() => undefined));
  expect(page.state.session.value).toBe('loading');
  await vi.waitFor(() => expect(page.state.session.value).toBe('ready'));
});
