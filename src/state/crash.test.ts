import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { parseMark } from './crash.ts';
import { TINY, type Scripts } from './scripted.ts';

let held: string[];

beforeEach(() => {
  vi.unstubAllGlobals();
  vi.stubGlobal('indexedDB', new IDBFactory());
  held = [];
  vi.stubGlobal('navigator', {
    locks: { request, query: async () => ({ held: held.map((name) => ({ name })) }) },
  });
});

async function request(name: string, work: () => Promise<void>): Promise<void> {
  held.push(name);
  await work();
}

/** A page of its own, as each tab is. */
async function tab(scripts: Scripts = {}) {
  vi.resetModules();
  const { script } = await import('./scripted.ts');
  script(scripts);
  return { ...(await import('./crash.ts')), ...(await import('./session.ts')) };
}

/** As after the death of all tabs. */
function die(): void {
  held = [];
}

test('a mark without its tab is told once; with its tab alive it is none of ours', async () => {
  const dying = await tab();
  await dying.mark('shaders', TINY);
  expect(await (await tab()).takeCrash()).toBeNull();
  die();
  const next = await tab();
  expect(await next.takeCrash()).toMatchObject({
    step: 'shaders',
    variant: TINY.variant.id,
    modelName: 'Tiny',
  });
  expect(await next.takeCrash()).toBeNull();
});

test('what went well, or failed with an error, leaves no mark', async () => {
  const page = await tab();
  await page.during('benchmark', TINY, async () => 1);
  await page.during('prefill', TINY, () => Promise.reject(new Error('no'))).catch(() => undefined);
  die();
  expect(await (await tab()).takeCrash()).toBeNull();
});

test('loading leaves the mark of the step it was in, and none when it is over', async () => {
  const engine: Scripts['engine'] = { loadMs: 1, sleep: () => new Promise(() => undefined) };
  const page = await tab({ engine, stored: [TINY.variant.id] });
  void page.openModel(TINY);
  await vi.waitFor(() => expect(page.loading.value).not.toBeNull());
  die();
  expect(await (await tab()).takeCrash()).toMatchObject({ step: 'weights' });

  const other = await tab({ stored: [TINY.variant.id] });
  await other.openModel(TINY);
  die();
  expect(await (await tab()).takeCrash()).toBeNull();
});

test('storage that hangs holds nothing up for long', async () => {
  vi.stubGlobal('indexedDB', { open: () => ({}) });
  const page = await tab({ stored: [TINY.variant.id] });
  await page.mark('weights', TINY);
});

test.each([null, 'mark', {}, { step: 'lunch', variant: 'a', modelName: 'b' }, { step: 'weights' }])(
  'a record that makes no sense is no mark: %j',
  (kept) => expect(parseMark(kept)).toBeNull(),
);
