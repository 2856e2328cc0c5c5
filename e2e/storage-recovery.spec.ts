import type { Page } from '@playwright/test';
import { App } from './support/app.ts';
import { DEMO, expect, test } from './support/faulty.ts';
import { accident, chunkKeys, clearSiteData, leaveOver, upgrade, verifiedShards } from './support/stored.ts';

const SHARDS = [0, 1, 2, 3, 4].map((index) => `${DEMO}params_shard_${index}.bin`);
const [, SLOW = '', SPOILT = ''] = SHARDS;
const FETCHED_AGAIN = 'Some stored files were missing or damaged; they are fetched again.';
const NEWER = 'The models on this device were stored by a newer version of this app.';

test('what a closed tab left half done is offered on the next visit, and only the rest is fetched', async ({
  app,
  page,
  context,
  faults,
}) => {
  faults.fail(SLOW, { does: 'trickle', bytesPerS: 20_000 });
  await app.open();
  await app.button('Run the demo model').click();
  const others = SHARDS.filter((path) => path !== SLOW);
  await expect.poll(() => faults.sent(SLOW)).toBeGreaterThan(0);
  await expect.poll(() => verifiedShards(page)).toBe(others.length);
  const sent = others.map((path) => faults.sent(path));
  await page.close();
  faults.heal();
  const next = new App(await context.newPage(), app.url);
  await next.open('#/');
  await expect(next.page.getByText(/^[\d.]+ of [\d.]+ MB stored$/)).toBeVisible();
  await next.button('Continue loading Demo model').click();
  await next.expectSession('ready');
  expect(
    others.map((path) => faults.sent(path)),
    'what was stored is not fetched again',
  ).toEqual(sent);
});

test('a server that cannot resume is named, and its file starts again', async ({ app, page, faults }) => {
  faults.fail(SPOILT, { does: 'cut', by: 'close', after: 100_000 });
  faults.fail(SPOILT, { does: 'ignoreRange' });
  faults.fail(SLOW, { does: 'trickle', bytesPerS: 100_000 }); // time to read
  await app.open();
  await app.button('Run the demo model').click();
  const words = 'This server cannot resume: Shard 3 of 5 (params_shard_2.bin) starts again.';
  await expect(page.getByText(words)).toBeVisible();
  await app.expectSession('ready');
});

for (const [name, does] of [
  ['a stored file that is too short', 'shorten'],
  ['a journal that says verified while the chunk is gone', 'lose'],
  ['a journal entry of a wrong type', 'muddle'],
] as const) {
  test(`${name} is found when the model is wanted, and only that is fetched, with a sentence`, async ({
    app,
    page,
    faults,
  }) => {
    await storeDemo(app);
    await accident(page, does, 'params_shard_2.bin');
    faults.log.length = 0;
    await app.button('Load Demo model').click();
    await expect(page.getByText(FETCHED_AGAIN)).toBeVisible();
    await app.expectSession('ready');
    expect(fetched(faults)).toEqual([SPOILT]);
  });
}

test('a journal entry of a wrong type makes no model look complete', async ({ app, page }) => {
  await storeDemo(app);
  await accident(page, 'muddle', 'params_shard_2.bin');
  await page.reload();
  await expect(page.getByText('Not ready for the plane. Missing: 1 of its 5 shards.')).toBeVisible();
  await app.button('Continue downloading Demo model').click();
  await expect(page.getByText(/^Ready for the plane\./)).toBeVisible();
});

test('site data deleted under a model that runs: it runs on, and the page does not call it stored', async ({
  app,
  page,
  context,
}) => {
  await app.open();
  await app.runDemo();
  await clearSiteData(context, page);
  await app.ask('What is a token?');
  await expect(app.log()).toContainText('What is a token?');
  await app.expectSession('ready');
  await page.evaluate(() => (location.hash = '#/storage'));
  await expect(page.getByText('No model is stored here yet.')).toBeVisible();
});

test('site data deleted under the app: the next load fetches all of it, with a sentence', async ({
  app,
  page,
  context,
  faults,
}) => {
  await storeDemo(app);
  await clearSiteData(context, page);
  faults.log.length = 0;
  await app.button('Load Demo model').click();
  await expect(page.getByText(FETCHED_AGAIN)).toBeVisible();
  await app.expectSession('ready');
  expect(fetched(faults)).toEqual(expect.arrayContaining(SHARDS));
  expect(await verifiedShards(page)).toBe(SHARDS.length);
});

test('left-overs that nobody owns are swept at the next start, and nothing else', async ({ app, page }) => {
  await storeDemo(app);
  const owned = await chunkKeys(page);
  await leaveOver(page, ['gone-model', 'params_shard_0.bin', 0]);
  await leaveOver(page, ['demo-q4f32_1', 'params_shard_0.bin', 7]);
  expect(await chunkKeys(page)).toHaveLength(owned.length + 2);
  await page.reload();
  await expect.poll(() => chunkKeys(page)).toEqual(owned);
});

test('what a newer release of the app stored is left alone, and the page says so', async ({
  app,
  page,
  complaints,
}) => {
  complaints.expect(/favicon/);
  await outside(page, app.url);
  await upgrade(page, 99);
  await app.open('#/storage');
  await expect(page.getByText(NEWER)).toBeVisible();
  expect(await version(page)).toBe(99);
});

test('a newer release in another tab takes over at once; the older one says so and destroys nothing', async ({
  app,
  page,
  context,
  complaints,
}) => {
  complaints.expect(/favicon/);
  await storeDemo(app);
  const newer = await context.newPage();
  await outside(newer, app.url);
  await upgrade(newer, 2);
  const kept = await chunkKeys(newer);
  await app.button('Verify again: Demo model').click();
  await expect(page.getByText(NEWER).first()).toBeVisible();
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectFailure('storage-unavailable');
  await expect(page.getByRole('alert').first()).toContainText(NEWER);
  expect(await version(newer)).toBe(2);
  expect(await chunkKeys(newer)).toEqual(kept);
  expect(await verifiedShards(newer)).toBe(SHARDS.length);
});

for (const [answer, words, kept] of [
  ['no', 'The browser may delete it if the disk fills up.', 'No promise; while the disk has room'],
  ['yes', 'The browser promised to keep it.', 'The browser promised to'],
] as const) {
  test(`the browser is asked to keep the model after the click on Load, and its ${answer} is said`, async ({
    app,
    page,
    faults,
  }) => {
    await page.addInitScript((isGranted) => {
      StorageManager.prototype.persist = () => Promise.resolve(isGranted);
    }, answer === 'yes');
    faults.fail(SLOW, { does: 'trickle', bytesPerS: 100_000 });
    const model = new URLSearchParams({ model: app.url + DEMO, lib: `${app.url}${DEMO}demo-q4f32_1.wasm` });
    await app.open(`?${model}`);
    await app.loadAsked();
    await expect(page.getByText(words)).toBeVisible();
    await app.expectSession('ready');
    await page.evaluate(() => (location.hash = '#/storage'));
    await expect(page.getByText(kept)).toBeVisible();
  });
}

/** The demo model in the store, nothing on the GPU, and the page of what is stored in view. */
async function storeDemo(app: App): Promise<void> {
  await app.open();
  await app.runDemo();
  await app.page.reload();
  await app.expectSession('absent');
  await app.page.evaluate(() => (location.hash = '#/storage'));
  await expect(app.button('Load Demo model')).toBeVisible();
}

/** The files of the demo model that were asked for. */
function fetched({ log }: { log: { path: string }[] }): string[] {
  return log.map(({ path }) => path).filter((path) => path.startsWith(DEMO));
}

/** A page of the same origin without the app. The browser asks for its icon by itself. */
async function outside(page: Page, url: string): Promise<void> {
  await page.goto(`${url}manifest.webmanifest`);
}

async function version(page: Page): Promise<number | undefined> {
  const all = await page.evaluate(() => indexedDB.databases());
  return all.find(({ name }) => name === 'runs-here-weights')?.version;
}
