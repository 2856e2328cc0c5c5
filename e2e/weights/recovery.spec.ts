import type { Page } from '@playwright/test';
import { download, expect, readAll, SHARDS, test } from './stage.ts';

/** Writes below the room's own door, as a bug or a broken disk would. */
function tamper(page: Page, store: 'files' | 'chunks', keys: unknown[][], value: string): Promise<void> {
  return page.evaluate(
    ([name, all, what]) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('runs-here-weights');
        open.addEventListener('error', () => reject(open.error));
        open.addEventListener('success', () => {
          const tx = open.result.transaction(name, 'readwrite');
          const objects = tx.objectStore(name);
          for (const key of all as IDBValidKey[]) {
            if (what === 'nothing') objects.delete(key);
            if (what === 'garbage') objects.put(new Blob([new Uint8Array(4 * 2 ** 20)]), key);
            if (what === 'wrong type') objects.put({ id: 'random', path: 'params_shard_0.bin', chunks: 7 });
          }
          tx.addEventListener('complete', () => {
            open.result.close();
            resolve();
          });
        });
      }),
    [store, keys, value] as const,
  );
}

test('what got lost or spoilt in the store is noticed, and only that is fetched again', async ({
  stage,
  context,
}) => {
  const page = await stage.open(context);
  await download(page, stage.variant);
  const { id } = stage.variant;
  await tamper(page, 'chunks', [[id, 'params_shard_1.bin', 1]], 'garbage');
  expect(await readAll(page, stage.variant, stage.site)).toHaveLength(1);
  const verification = await page.evaluate((model) => window.room.weights.verify(model), id);
  expect(verification.dropped).toEqual(['params_shard_1.bin']);
  await tamper(page, 'chunks', [[id, 'params_shard_2.bin', 1]], 'nothing');
  await tamper(page, 'files', [[id, 'params_shard_0.bin']], 'wrong type');
  expect(await readAll(page, stage.variant, stage.site)).toEqual([
    'params_shard_0.bin: weights-missing',
    'params_shard_1.bin: weights-missing',
    'params_shard_2.bin: weights-missing',
  ]);
  expect(await page.evaluate((model) => window.room.weights.ready(model), id)).toMatchObject({
    isReady: false,
    config: true,
    library: true,
    shardsVerified: 0,
  });
  stage.server.log.length = 0;
  expect(await download(page, stage.variant)).toEqual({ state: 'verified', message: '' });
  expect(await readAll(page, stage.variant, stage.site)).toEqual([]);
  const fetched = stage.server.log.filter((entry) => entry.path.startsWith('model/'));
  expect(fetched.map((entry) => entry.path).sort()).toEqual(SHARDS);
  expect(stage.server.sent(SHARDS[2] ?? ''), 'the first chunk of it was still good').toBeLessThan(5e6);
});

test('site data deleted at rest, or under a running download, is fetched anew', async ({
  stage,
  context,
}) => {
  const page = await stage.open(context);
  const debug = await context.newCDPSession(page);
  const clear = () =>
    debug.send('Storage.clearDataForOrigin', {
      origin: new URL(stage.server.url).origin,
      storageTypes: 'all',
    });
  await download(page, stage.variant);
  await clear();
  expect(await page.evaluate(() => window.room.weights.list())).toEqual([]);
  for (const path of SHARDS) stage.server.fail(path, { does: 'trickle', bytesPerS: 6e6 });
  const running = download(page, stage.variant);
  await expect.poll(() => stage.server.log.at(-1)?.path).toMatch(/shard/);
  await clear();
  const { state } = await running;
  stage.server.heal();
  if (state !== 'verified')
    expect(['storage-unavailable', 'file-damaged', 'weights-missing']).toContain(state);
  await expect
    .poll(async () => (await download(page, stage.variant)).state, { timeout: 60_000 })
    .toBe('verified');
  expect(await readAll(page, stage.variant, stage.site)).toEqual([]);
});

test('a model is moved to another machine as one file, without the network', async ({ stage, context }) => {
  const page = await stage.open(context);
  await download(page, stage.variant);
  const saving = page.waitForEvent('download');
  await page.evaluate(async (id) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await window.room.weights.export(id));
    link.download = 'random.tar';
    link.click();
  }, stage.variant.id);
  const file = await (await saving).path();
  const other = await stage.launch(await stage.profile());
  const there = await stage.open(other);
  await there.evaluate(() =>
    document.body.append(Object.assign(document.createElement('input'), { type: 'file' })),
  );
  await there.locator('input').setInputFiles(file);
  stage.server.log.length = 0;
  const state = await there.evaluate(async () => {
    const blob = document.querySelector('input')?.files?.[0];
    const given = blob ? [{ path: 'random.tar', blob }] : [];
    return (await window.room.weights.import(given, null)).state;
  });
  expect(state).toBe('verified');
  expect(await readAll(there, stage.variant, stage.site)).toEqual([]);
  expect(stage.server.log.filter((entry) => entry.path.startsWith('model/'))).toEqual([]);
  await other.close();
});
