import { afterEach, expect, it } from 'vitest';
import type { GenerateRequest, LoadProgress } from './engine.ts';
import { failure } from './failures.ts';
import { ScriptedHost } from './scripted.ts';
import { HELLO, settle, start, startOver, unloadAll, VARIANT } from './scripted-client.ts';

afterEach(unloadAll);

/** A promise opened by hand. */
function gate() {
  let open!: () => void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}

it('reports progress in order and says what is loaded', async () => {
  const { engine } = start();
  const seen: LoadProgress[] = [];
  const loaded = await engine.load(VARIANT, { onProgress: (progress) => seen.push(progress) });
  expect(seen.map(({ phase }) => phase)).toEqual(['starting', 'openStore', 'shaders'].slice(0, seen.length));
  expect(loaded.variant).toBe('tiny');
  expect(engine.describe()).toEqual(loaded);
});

it('delivers text in order, then the complete text with stamps of the page', async () => {
  const { engine } = start({ pieces: ['one ', 'two ', 'three'], sleep: settle });
  await engine.load(VARIANT);
  const batches: [string, number][] = [];
  const generation = await engine.generate(HELLO, {
    onText: (delta, tokens) => batches.push([delta, tokens]),
  });
  expect(generation.text).toBe('one two three');
  expect(generation.finish).toBe('stop');
  expect(generation.text.startsWith(batches.map(([delta]) => delta).join(''))).toBe(true);
  expect(batches.map(([, tokens]) => tokens)).toEqual([1, 2, 3].slice(0, batches.length));
  const { page } = generation;
  expect(page?.sentMs).toBeLessThanOrEqual(page?.firstTextMs ?? 0);
  expect(page?.firstTextMs).toBeLessThanOrEqual(page?.lastTextMs ?? 0);
  expect(page?.lastTextMs).toBeLessThanOrEqual(page?.endMs ?? 0);
});

it('ignores a batch that arrives after the result', async () => {
  const late = gate();
  class LateHost extends ScriptedHost {
    override async generate(request: GenerateRequest, onText: Parameters<ScriptedHost['generate']>[1]) {
      const outcome = await super.generate(request, () => {});
      void late.passed.then(() => onText('late', 1));
      return outcome;
    }
  }
  const engine = startOver(new LateHost({ pieces: ['whole'] }));
  await engine.load(VARIANT);
  const batches: string[] = [];
  const generation = await engine.generate(HELLO, { onText: (delta) => batches.push(delta) });
  late.open();
  await settle();
  expect(batches).toEqual([]);
  expect(generation.text).toBe('whole');
  expect(generation.page?.firstTextMs).toBe(generation.page?.endMs);
});

it('stops a generation on request and keeps the text so far', async () => {
  const step = gate();
  let sleeps = 0;
  const { engine } = start({
    pieces: ['a', 'b', 'c'],
    sleep: () => (++sleeps < 4 ? Promise.resolve() : step.passed),
  });
  await engine.load(VARIANT);
  const stop = new AbortController();
  const running = engine.generate(HELLO, {
    signal: stop.signal,
    onText: (delta) => delta === 'b' && stop.abort(),
  });
  await settle();
  step.open();
  const generation = await running;
  expect(generation.finish).toBe('aborted');
  expect(generation.text).toBe('ab');
  expect(engine.describe()).not.toBeNull();
});

it('ends the worker when a load is aborted, and starts a fresh one for the next', async () => {
  const { engine, workers } = start({ sleep: () => new Promise(() => {}) }, {});
  const stop = new AbortController();
  const loading = engine.load(VARIANT, { signal: stop.signal });
  await settle();
  stop.abort();
  await expect(loading).rejects.toMatchObject({ name: 'EngineError', code: 'aborted' });
  expect(workers[0]?.terminated).toBe(true);
  expect(engine.describe()).toBeNull();
  expect((await engine.load(VARIANT)).variant).toBe('tiny');
  expect(workers).toHaveLength(2);
});

it('does not begin what was aborted before', async () => {
  const { engine, workers } = start();
  await expect(engine.load(VARIANT, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  });
  expect(workers).toHaveLength(0);
});

it('refuses a second job while one is running', async () => {
  const step = gate();
  const { engine } = start({ sleep: () => step.passed });
  const loading = engine.load(VARIANT);
  await expect(engine.load(VARIANT)).rejects.toMatchObject({ code: 'busy' });
  await expect(engine.generate(HELLO)).rejects.toMatchObject({ code: 'busy' });
  step.open();
  await loading;
  await engine.reset();
});

it('refuses to generate without a model', async () => {
  const { engine } = start();
  await expect(engine.generate(HELLO)).rejects.toMatchObject({ code: 'not-loaded' });
  await expect(engine.reset()).rejects.toMatchObject({ code: 'not-loaded' });
  await engine.unload();
});

it('turns a failure into an error with code, sentence, hint and detail, and ends the worker after a failed load', async () => {
  const failed = failure('library-invalid', { detail: 'LinkError: env.x' });
  const { engine, workers } = start({ failLoad: failed }, {});
  await expect(engine.load(VARIANT)).rejects.toMatchObject({
    name: 'EngineError',
    code: 'library-invalid',
    message: failed.message,
    hint: failed.hint,
    detail: 'LinkError: env.x',
  });
  expect(workers[0]?.terminated).toBe(true);
  await engine.load(VARIANT);
});

it.each([
  ['device-lost', false],
  ['engine-crashed', false],
  ['context-full', true],
] as const)('after %s in a generation the model is still loaded: %s', async (code, still) => {
  const { engine } = start({ pieces: ['a', 'b'], failGenerate: failure(code), failAt: 1 });
  await engine.load(VARIANT);
  await expect(engine.generate(HELLO)).rejects.toMatchObject({ code });
  expect(engine.describe() !== null).toBe(still);
});

it('starts one worker on preload, which the load then uses', async () => {
  const { engine, workers } = start();
  engine.preload();
  engine.preload();
  await engine.load(VARIANT);
  expect(workers).toHaveLength(1);
});

it('frees the GPU in good order before it loads another model', async () => {
  const { engine, workers } = start();
  await engine.load(VARIANT);
  await engine.load({ ...VARIANT, id: 'other' });
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  expect(engine.describe()?.variant).toBe('other');
});
