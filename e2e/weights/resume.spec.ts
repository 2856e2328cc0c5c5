import type { BrowserContext, Page } from '@playwright/test';
import { killBrowser } from '../../tools/browser.mjs';
import { CHUNK_BYTES, download, expect, readAll, SHARDS, test, type Stage } from './stage.ts';

/** Enough that every shard has stored a chunk, and none of them is complete when everything dies. */
const RATE = 6e6;
const UNTIL = 10e6;

async function halfway(stage: Stage, page: Page): Promise<number> {
  for (const path of SHARDS) stage.server.fail(path, { does: 'trickle', bytesPerS: RATE });
  void download(page, stage.variant).catch(() => undefined); // the page dies under it
  const sent = () => stage.server.sent(SHARDS[1] ?? '');
  await expect.poll(sent, { timeout: 60_000, intervals: [50] }).toBeGreaterThan(UNTIL);
  return SHARDS.reduce((sum, path) => sum + stage.server.sent(path), 0);
}

async function finish(stage: Stage, context: BrowserContext): Promise<void> {
  stage.server.heal();
  const page = await stage.open(context);
  const [partial] = await page.evaluate(() => window.room.weights.list());
  expect(partial).toMatchObject({ id: stage.variant.id, state: 'partial' });
  expect(partial?.storedBytes).toBeGreaterThan(0);
  expect(await download(page, stage.variant)).toEqual({ state: 'verified', message: '' });
  expect(await readAll(page, stage.variant, stage.site)).toEqual([]);
  const sent = stage.server.log.reduce(
    (sum, entry) => sum + (entry.path.startsWith('model/') ? entry.bytes : 0),
    0,
  );
  const again = sent - stage.site.totalBytes;
  test.info().annotations.push({ type: 'bytes fetched again', description: String(again) });
  // What the system had taken from the server and the page never saw counts here too.
  expect(again).toBeLessThan(SHARDS.length * CHUNK_BYTES);
}

test('after the page was closed the download goes on where it was', async ({ stage, context }) => {
  const page = await stage.open(context);
  await halfway(stage, page);
  await page.close();
  await finish(stage, context);
});

test('after the renderer crashed the download goes on where it was', async ({ stage, context }) => {
  const page = await stage.open(context);
  await halfway(stage, page);
  const debug = await context.newCDPSession(page);
  await Promise.race([debug.send('Page.crash').catch(() => undefined), page.waitForEvent('crash')]);
  await finish(stage, context);
});

test('after the browser was killed the download goes on where it was', async ({ stage }) => {
  const profile = await stage.profile();
  const first = await stage.launch(profile);
  await halfway(stage, await stage.open(first));
  killBrowser(profile);
  await first.close().catch(() => undefined);
  const second = await stage.launch(profile);
  await finish(stage, second);
  await second.close();
});

test('after a cancel nothing that arrived is fetched again', async ({ stage, context }) => {
  const page = await stage.open(context);
  for (const path of SHARDS) stage.server.fail(path, { does: 'trickle', bytesPerS: RATE });
  const outcome = page.evaluate(async (variant) => {
    const stop = new AbortController();
    const onProgress = ({ doneBytes }: { doneBytes: number }) => doneBytes > 15e6 && stop.abort();
    return window.room.weights.download(variant, { signal: stop.signal, onProgress }).then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  }, stage.variant);
  expect(await outcome).toBe('aborted');
  const [partial] = await page.evaluate(() => window.room.weights.list());
  expect(partial?.storedBytes).toBeGreaterThan(15e6);
  await finish(stage, context);
});
