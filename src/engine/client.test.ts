import { afterEach, expect, it } from 'vitest';
import { createEngine, type EngineClient } from './client.ts';
import type { Clock } from './clock.ts';
import type { EngineError, GenerateRequest, LoadProgress, Variant } from './engine.ts';
import { failure } from './failures.ts';
import { ScriptedHost, scriptedWorker, type Script } from './scripted.ts';

const VARIANT: Variant = {
  id: 'tiny',
  quantization: 'q4f32_1',
  modelUrl: 'https://models.example/tiny/',
  libUrl: 'https://models.example/tiny.wasm',
  sizeBytes: 1,
  memoryBytes: 1,
  bufferBytes: null,
  features: [],
  contextTokens: 128,
};
const HELLO: GenerateRequest = {
  prompt: { text: 'Hello' },
  maxTokens: 8,
  temperature: 0,
  topP: null,
  seed: null,
  ignoreEos: false,
};

/** A clock that stands still until it is told to move. */
class ManualClock implements Clock {
  #ms = 0;
  #timers = new Set<{ ms: number; dueMs: number; call: () => void }>();

  now() {
    return this.#ms;
  }

  every(ms: number, call: () => void) {
    const timer = { ms, dueMs: this.#ms + ms, call };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  async pass(ms: number) {
    for (const endMs = this.#ms + ms; this.#ms < endMs;) {
      this.#ms += 1_000;
      for (const timer of [...this.#timers].filter(({ dueMs }) => dueMs <= this.#ms)) {
        timer.dueMs += timer.ms;
        timer.call();
      }
      await settle();
    }
  }

  /** As after a sleep of the machine: all the time at once. */
  async jump(ms: number) {
    this.#ms += ms - 1_000;
    await this.pass(1_000);
  }
}

/** Lets messages that are under way arrive. */
async function settle() {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** A promise opened by hand. */
function gate() {
  let open!: () => void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}

const made: EngineClient[] = [];
afterEach(async () => {
  for (const engine of made.splice(0)) await engine.unload().catch(() => {});
});

/** An engine over scripted workers: one after the other follows the next script, the last one for good. */
function start(...scripts: Script[]) {
  const workers: ReturnType<typeof scriptedWorker>[] = [];
  const deaths: EngineError[] = [];
  const clock = new ManualClock();
  const engine = createEngine({
    clock,
    onDeath: (error) => deaths.push(error),
    createWorker: () => {
      const script = scripts[Math.min(workers.length, scripts.length - 1)] ?? {};
      const worker = scriptedWorker(new ScriptedHost(script));
      workers.push(worker);
      return worker;
    },
  });
  made.push(engine);
  return { engine, workers, deaths, clock };
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
  const engine = createEngine({ createWorker: () => scriptedWorker(new LateHost({ pieces: ['whole'] })) });
  made.push(engine);
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

it('rejects a call in flight when the worker dies', async () => {
  const { engine, workers, deaths } = start({ sleep: () => new Promise(() => {}) });
  const loading = engine.load(VARIANT);
  await settle();
  workers[0]?.port.dispatchEvent(new Event('error'));
  await expect(loading).rejects.toMatchObject({ code: 'worker-died' });
  expect(deaths).toEqual([]);
});

it('finds out that an idle worker is dead, and says so', async () => {
  const { engine, workers, deaths, clock } = start();
  await engine.load(VARIANT);
  workers[0]?.port.close();
  await clock.pass(20_000);
  expect(deaths.map(({ code }) => code)).toEqual(['worker-died']);
  expect(engine.describe()).toBeNull();
});

it('is patient with a worker that loads, but not for ever', async () => {
  const { engine, workers, clock } = start({ sleep: () => new Promise(() => {}) });
  const loading = engine.load(VARIANT);
  loading.catch(() => {});
  await settle();
  workers[0]?.port.close();
  await clock.pass(150_000);
  expect(workers[0]?.terminated).toBe(false);
  await clock.pass(40_000);
  await expect(loading).rejects.toMatchObject({ code: 'worker-died' });
});

it('gives up a worker that never answers sooner than one that works', async () => {
  const { engine, workers, clock } = start({}, {});
  const loading = engine.load(VARIANT);
  loading.catch(() => {});
  workers[0]?.port.close();
  await clock.pass(60_000);
  await expect(loading).rejects.toMatchObject({ code: 'worker-died' });
  await engine.load(VARIANT);
  expect(workers).toHaveLength(2);
});

it('rejects a generation whose worker falls silent in the middle of a token', async () => {
  const { engine, workers, clock } = start({
    pieces: ['a', 'b'],
    tokenMs: 1,
    sleep: (ms) => (ms ? new Promise(() => {}) : Promise.resolve()),
  });
  await engine.load(VARIANT);
  await clock.pass(5_000);
  let text = '';
  const running = engine.generate(HELLO, { onText: (delta) => (text += delta) });
  running.catch(() => {});
  await settle();
  workers[0]?.port.close();
  await clock.pass(50_000);
  expect(workers[0]?.terminated).toBe(false);
  await clock.pass(20_000);
  await expect(running).rejects.toMatchObject({ code: 'worker-died' });
  expect(text).toBe('a');
  expect(engine.describe()).toBeNull();
});

it('believes in a worker while the browser lets the page beat once a minute only', async () => {
  const { engine, clock, deaths } = start();
  await engine.load(VARIANT);
  for (let minute = 0; minute < 10; minute++) await clock.jump(60_000);
  expect(deaths).toEqual([]);
});

it('does not take its own sleep for the death of the worker', async () => {
  const { engine, clock, deaths } = start();
  await engine.load(VARIANT);
  await clock.jump(3_600_000);
  await clock.pass(10_000);
  expect(deaths).toEqual([]);
  expect(engine.describe()).not.toBeNull();
});

it('says when the GPU is lost while nothing is running', async () => {
  const script: Script = {};
  const { engine, deaths, clock } = start(script);
  await engine.load(VARIANT);
  script.lost = failure('device-lost');
  await clock.pass(10_000);
  expect(deaths.map(({ code }) => code)).toEqual(['device-lost']);
  await expect(engine.generate(HELLO)).rejects.toMatchObject({ code: 'not-loaded' });
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
