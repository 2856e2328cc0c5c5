import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { engineError } from '../engine/failures.ts';
import { TINY, type Scripts } from './scripted.ts';

const ID = TINY.variant.id;

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('document', { baseURI: 'https://app.example/' });
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('navigator', { onLine: true, serviceWorker: {} });
});
afterEach(() => void vi.unstubAllGlobals());

async function page(scripts: Scripts = {}) {
  const { script } = await import('./scripted.ts');
  const seen = script({ stored: [ID], ...scripts });
  const stored = await import('./stored.ts');
  const storage = await import('./storage.ts');
  await storage.refreshStorage();
  const removal = await import('./removal.ts');
  const notices = await import('./notices.ts');
  const model = () => stored.staying.value.find(({ id }) => id === ID)!;
  return { ...stored, ...storage, ...removal, ...notices, model, seen };
}

test('a check that finds all well says so, and its progress is gone', async () => {
  const { verifyStored, outcomes, jobs, model, storeJobs } = await page();
  const checking = verifyStored(model());
  expect(jobs.value.get(ID)?.kind).toBe('check');
  expect(storeJobs.value).toBe(1);
  await checking;
  expect(outcomes.value.get(ID)).toMatchObject({ good: true });
  expect(jobs.value.size).toBe(0);
  expect(storeJobs.value).toBe(0);
});

test('damaged files are named by number, and Continue makes the model whole again', async () => {
  const { verifyStored, continueStored, outcomes, model, planeLineOf, seen } = await page({
    damaged: ['params_shard_1.bin'],
  });
  await verifyStored(model());
  expect(outcomes.value.get(ID)).toMatchObject({ good: false, hint: 'Continue fetches what is missing.' });
  expect(model().state).toBe('partial');
  expect(planeLineOf(ID)?.text).toContain('1 of its 4 shards');
  await continueStored(model());
  expect(seen.downloads).toEqual([ID]);
  expect(model().state).toBe('verified');
});

test('a paused download says what is kept, and a failed one why', async () => {
  let problem = engineError('aborted');
  const { continueStored, outcomes, model } = await page({ download: () => Promise.reject(problem) });
  await continueStored(model());
  expect(outcomes.value.get(ID)).toMatchObject({ good: true, text: 'Paused. What has arrived is kept.' });
  problem = engineError('storage-full');
  await continueStored(model());
  expect(outcomes.value.get(ID)).toMatchObject({ good: false, text: problem.message });
});

test('all that is being deleted is gone before more is stored', async () => {
  const { removeStored, finishRemovals, leavingBytes, staying, seen } = await page();
  await removeStored(ID, 'Tiny');
  expect(staying.value).toEqual([]);
  expect(leavingBytes.value).toBe(1000);
  expect(seen.removed).toEqual([]);
  await finishRemovals();
  expect(seen.removed).toEqual([ID]);
  expect(leavingBytes.value).toBe(0);
});

test('a deletion that was promised is finished by the next page, one that was undone is not', async () => {
  const first = await page();
  await first.removeStored(ID, 'Tiny');
  const { read } = await import('../store.ts');
  const promised = () => read('leaving', (kept) => kept as unknown[]);
  await vi.waitFor(async () => expect(await promised()).toHaveLength(1));

  vi.resetModules(); // the page is killed
  const now = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(now + 60_000);
  const next = await page();
  await next.resumeRemovals();
  await vi.waitFor(() => expect(next.seen.removed).toEqual([ID]));
  await vi.waitFor(async () => expect(await promised()).toEqual([]));
  vi.restoreAllMocks();

  const other = await page({ stored: ['other'] });
  await other.removeStored('other', 'Other');
  other.keepStored('other');
  await vi.waitFor(async () => expect(await promised()).toEqual([]));
  expect(other.staying.value.map(({ id }) => id)).toEqual(['other']);
});

test.each([
  ['engine', 'Tiny is running in another tab, so it stays. Close it there, then delete it.'],
  ['job', /^Tiny is being downloaded or checked just now, so it stays/],
] as const)('a model held by another tab (%s) is refused at once, with the reason', async (heldBy, words) => {
  const { removeStored, notices, staying, seen } = await page({ stored: [ID], heldBy });
  await removeStored(ID, 'Tiny');
  expect(notices.value.map(({ text }) => text)).toEqual([expect.stringMatching(words)]);
  expect(staying.value).toHaveLength(1);
  expect(seen.removed).toEqual([]);
});

test('a model on the GPU is not deleted, and the way out is offered', async () => {
  const { removeStored, notices, act, staying, seen, finishRemovals } = await page();
  const { openModel, session } = await import('./session.ts');
  await openModel(TINY);
  await removeStored(ID, 'Tiny');
  expect(staying.value).toHaveLength(1);
  expect(notices.value.at(-1)?.text).toBe('Tiny is on the GPU, so it stays.');
  act(notices.value.at(-1)!.id);
  await vi.waitFor(() => expect(staying.value).toEqual([]));
  expect(session.value).toBe('absent');
  await finishRemovals();
  expect(seen.removed).toEqual([ID]);
});

test('a model in use elsewhere stays, with the reason', async () => {
  const { removeStored, finishRemovals, notices, staying } = await page({
    failRemove: engineError('busy', { message: 'This model is running, here or in another tab.' }),
  });
  await removeStored(ID, 'Tiny');
  await finishRemovals();
  expect(staying.value).toHaveLength(1);
  expect(notices.value.at(-1)?.text).toContain('running, here or in another tab');
});

test('what is stored only in memory is never called ready', async () => {
  const { isKept, planeLineOf } = await page({ space: { isKept: false } });
  expect(isKept.value).toBe(false);
  expect(planeLineOf(ID)).toMatchObject({ ready: false });
});

test('an import is told from its begin to its end, and its failure in words', async () => {
  await page({ stored: [] });
  const { importFiles, importing } = await import('./importing.ts');
  const { rows } = await import('./models.ts');
  const blob = new Blob(['x']);
  await importFiles([{ path: 'model.tar', blob }]);
  expect(importing.value).toMatchObject({ from: 'model.tar', done: expect.any(String), error: null });
  expect(rows.value.some(({ stored }) => stored?.id === 'imported')).toBe(true);
  await importFiles([
    { path: 'folder/a', blob },
    { path: 'folder/b', blob },
  ]);
  expect(importing.value).toMatchObject({ from: 'folder', error: { code: 'not-a-model' } });
});

test('files that are not there, or cannot be read, are refused in words', async () => {
  await page({ stored: [] });
  const { importFiles, importing } = await import('./importing.ts');
  await importFiles([]);
  expect(importing.value?.error).toMatchObject({ message: 'There is no file in this folder.' });
  await importFiles(Promise.reject(new DOMException('gone', 'NotFoundError')));
  expect(importing.value?.error).toMatchObject({ message: 'The browser cannot read these files.' });
});

test('a folder called as a variant of the catalogue is that variant', async () => {
  const { seen } = await page({ stored: [] });
  const { importFiles } = await import('./importing.ts');
  const blob = new Blob(['x']);
  await importFiles([
    { path: 'Qwen3-0.6B-q4f32_1-MLC/mlc-chat-config.json', blob },
    { path: 'Qwen3-0.6B-q4f32_1-MLC/tokenizer.json', blob },
  ]);
  expect(seen.downloads).toEqual(['Qwen3-0.6B-q4f32_1-MLC']);
});
