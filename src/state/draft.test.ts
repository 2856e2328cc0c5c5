import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => void vi.unstubAllGlobals());

/** The page as it is after a reload. */
function load() {
  vi.resetModules();
  return import('./draft.ts');
}

test('what was typed is there after a reload, and gone once it was sent', async () => {
  (await load()).setDraft('Half a sen');
  expect((await load()).draft.value).toBe('Half a sen');
  (await load()).setDraft('');
  expect((await load()).draft.value).toBe('');
  expect(kept.size).toBe(0);
});

test('typing goes on where nothing can be kept', async () => {
  vi.stubGlobal('sessionStorage', undefined);
  const page = await load();
  page.setDraft('text');
  expect(page.draft.value).toBe('text');
});
