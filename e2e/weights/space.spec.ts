import type { Page } from '@playwright/test';
import { download, expect, readAll, SHARDS, test, type Stage } from './stage.ts';

/** Says how much the site may store. Before its first use of IndexedDB: later words are not heard. */
async function limit(page: Page, stage: Stage, quotaSize: number): Promise<void> {
  const debug = await page.context().newCDPSession(page);
  const origin = new URL(stage.server.url).origin;
  await debug.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
}

test('too little room is said before the first shard, with the missing amount', async ({
  stage,
  context,
}) => {
  const page = await context.newPage();
  await limit(page, stage, 20e6);
  const room = await stage.open(context);
  const { freeBytes } = await room.evaluate(() => window.room.weights.space());
  expect(freeBytes).toBeLessThan(20e6);
  const failed = await download(room, stage.variant);
  expect(failed.state).toBe('storage-full');
  const missing = Number(/There is ([\d.]+) MB too little room/.exec(failed.message)?.[1]);
  expect(missing).toBeGreaterThan(15);
  expect(missing).toBeLessThan(35);
  expect(stage.server.sent(SHARDS[0] ?? '')).toBe(0);
});

test('what does not fit runs from memory when asked, and only on that page', async ({ stage, context }) => {
  const page = await context.newPage();
  await limit(page, stage, 20e6);
  const room = await stage.open(context);
  expect((await download(room, stage.variant)).state).toBe('storage-full');
  const model = await room.evaluate(
    (variant) => window.room.weights.download(variant, { inMemory: true }),
    stage.variant,
  );
  expect(model).toMatchObject({ state: 'verified', isKept: false });
  expect(await readAll(room, stage.variant, stage.site)).toEqual([]);
  const other = await stage.open(context);
  expect(await other.evaluate(() => window.room.weights.list())).toMatchObject([
    { state: 'partial', isKept: true },
  ]);
  await room.close();
  expect(await readAll(other, stage.variant, stage.site)).not.toEqual([]);
});

test('room that runs out in the middle loses nothing', async ({ stage, context }) => {
  const page = await context.newPage();
  await limit(page, stage, 38e6); // enough for the probe, which is lenient, and not for the model
  const room = await stage.open(context);
  const failed = await download(room, stage.variant);
  expect(failed.state).toBe('storage-full');
  expect(failed.message).toMatch(/room .*to store this model/);
  const [partial] = await room.evaluate(() => window.room.weights.list());
  expect(partial?.storedBytes).toBeGreaterThan(10e6);
  const sent = sentBytes(stage);
  await limit(page, stage, 1e9);
  expect(await download(room, stage.variant)).toEqual({ state: 'verified', message: '' });
  expect(await readAll(room, stage.variant, stage.site)).toEqual([]);
  expect(sentBytes(stage) - sent).toBe(stage.site.totalBytes - (partial?.storedBytes ?? 0));
});

function sentBytes(stage: Stage): number {
  return stage.server.log.reduce(
    (sum, entry) => sum + (entry.path.startsWith('model/') ? entry.bytes : 0),
    0,
  );
}
