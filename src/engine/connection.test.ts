import { afterEach, expect, it } from 'vitest';
import { failure } from './failures.ts';
import type { Script } from './scripted.ts';
import { HELLO, settle, start, unloadAll, VARIANT } from './scripted-client.ts';

afterEach(unloadAll);

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

it('ends a worker that does not answer to Stop, long before it would otherwise', async () => {
  const { engine, workers, clock } = start({
    pieces: ['a', 'b'],
    tokenMs: 1,
    sleep: (ms) => (ms ? new Promise(() => {}) : Promise.resolve()),
  });
  await engine.load(VARIANT);
  const stop = new AbortController();
  let text = '';
  const running = engine.generate(HELLO, { signal: stop.signal, onText: (delta) => (text += delta) });
  running.catch(() => {});
  await settle();
  workers[0]?.port.close();
  await clock.pass(30_000);
  expect(workers[0]?.terminated).toBe(false);
  stop.abort();
  await clock.pass(5_000);
  await expect(running).rejects.toMatchObject({
    code: 'worker-died',
    message: expect.stringContaining('Stop'),
  });
  expect(text).toBe('a');
});
