import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Script } from '../bench/scripted.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Variant } from '../engine/engine.ts';
import { TINY } from './scripted.ts';
import type { Target } from './session.ts';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0' });
  vi.stubGlobal(
    'document',
    Object.assign(new EventTarget(), { visibilityState: 'visible', baseURI: 'https://x/' }),
  );
});

const MODELS: Target[] = ['a', 'b', 'c'].map((id) => ({
  model: { ...TINY.model, id },
  variant: { ...TINY.variant, id },
}));

/** Three stored models; the second one cannot be loaded. */
async function ready(behaviour: Partial<Script> = {}) {
  const { script } = await import('./scripted.ts');
  const { doors } = await import('./doors.ts');
  const { engineError } = await import('../engine/failures.ts');
  const { ScriptedEngine } = await import('../bench/scripted.ts');
  const { parsePlan } = await import('../bench/plan.ts');
  script({ stored: ['a', 'b', 'c'] });
  const calls: string[] = [];
  const engine = new ScriptedEngine(behaviour);
  const [load, unload] = [engine.load.bind(engine), engine.unload.bind(engine)];
  Object.assign(engine, {
    preload: () => undefined,
    load: async (variant: Variant) => {
      calls.push(`load ${variant.id}`);
      if (variant.id === 'b') throw engineError('out-of-memory');
      return load();
    },
    unload: async () => {
      calls.push('unload');
      await unload();
    },
  });
  doors.engine = () => engine as unknown as EngineClient;
  const { history } = await import('./history.ts');
  const session = await import('./session.ts');
  const plan = parsePlan('tg4_w0_r2-2')!;
  return { ...(await import('./queue.ts')), ...session, history, calls, plan };
}

test('models are measured one by one, each loaded anew, and one that does not load is skipped with its reason', async () => {
  const page = await ready();
  const seen: string[] = [];
  page.queue.subscribe((items) => seen.push(items.map(({ state }) => state[0]).join('')));
  await page.runQueue(MODELS, page.plan);
  expect(page.queue.value.map(({ state }) => state)).toEqual(['done', 'skipped', 'done']);
  expect(page.queue.value[1]!.reason).toMatch(/memory/);
  expect(page.calls).toEqual(['load a', 'unload', 'load b', 'load c']);
  expect(seen).toEqual(expect.arrayContaining(['www', 'oww', 'mww', 'dow', 'dso', 'dsm', 'dsd']));
  const kept = page.history.value.map(({ id, result }) => [id, result.model.variant]);
  expect(kept).toEqual([
    [page.queue.value[2]!.resultId, 'c'],
    [page.queue.value[0]!.resultId, 'a'],
  ]);
  expect(page.isQueueRunning.value).toBe(false);
  expect(page.queueNow.value).toBeNull();
});

test('the model that is on the GPU already is loaded anew too', async () => {
  const page = await ready();
  await page.openModel(MODELS[0]!);
  await page.runQueue(MODELS.slice(0, 1), page.plan);
  expect(page.calls).toEqual(['load a', 'unload', 'load a']);
});

test('a queue that is ended keeps what is finished, and says what was not begun', async () => {
  const page = await ready();
  page.queue.subscribe((items) => items[2]?.state === 'opening' && page.cancelQueue());
  await page.runQueue([MODELS[0]!, MODELS[0]!, MODELS[2]!, MODELS[2]!], page.plan);
  const told = page.queue.value.map(({ state, reason }) => [state, reason]);
  expect(told.slice(0, 2)).toEqual([
    ['done', null],
    ['done', null],
  ]);
  expect(told[3]).toEqual(['skipped', 'The queue was ended before its turn.']);
  expect(page.history.value.length).toBeGreaterThanOrEqual(2);
});

test('a model is skipped while it is measured, and the next one is taken', async () => {
  const page = await ready();
  const { benchStep } = await import('./measuring.ts');
  let skipped = false;
  benchStep.subscribe((step) => {
    if (!step || skipped) return;
    skipped = true;
    page.skipInQueue();
  });
  await page.runQueue([MODELS[0]!, MODELS[2]!], page.plan);
  expect(page.queue.value.map(({ state }) => state)).toEqual(['skipped', 'done']);
});

test('a second queue is not begun while one runs', async () => {
  const page = await ready();
  const first = page.runQueue(MODELS.slice(0, 1), page.plan);
  await page.runQueue(MODELS, page.plan);
  await first;
  expect(page.queue.value).toHaveLength(1);
});
