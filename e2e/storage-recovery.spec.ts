import type { Page } from '@playwright/test';
import { App } from './support/app.ts';
import { DEMO, expect, test } from './support/faulty.ts';

const SHARDS = [0, 1, 2, 3, 4].map((index) => `${DEMO}params_shard_${index}.bin`);
const [, SLOW = '', SPOILT = ''] = SHARDS;

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

test('a stored file that went bad is found when the engine wants it, and fetched again, with a sentence', async ({
  app,
  page,
  faults,
}) => {
  await app.open();
  await app.runDemo();
  await page.reload();
  await app.expectSession('absent');
  await shorten(page, 'params_shard_2.bin');
  faults.log.length = 0;
  await page.evaluate(() => (location.hash = '#/storage'));
  await app.button('Load Demo model').click();
  await expect(
    page.getByText('Some stored files were missing or damaged; they are fetched again.'),
  ).toBeVisible();
  await app.expectSession('ready');
  expect(faults.log.map(({ path }) => path).filter((path) => path.startsWith(DEMO))).toEqual([SPOILT]);
});

test('what a newer release of the app stored is left alone, and the page says so', async ({
  app,
  page,
  complaints,
}) => {
  complaints.expect(/favicon/); // asked for by the browser beside a page that is no page of the app
  await page.goto(`${app.url}manifest.webmanifest`); // of the same origin, and without the app
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('runs-here-weights', 99);
        opening.addEventListener('success', () => {
          opening.result.close();
          resolve();
        });
      }),
  );
  await app.open('#/storage');
  const words = 'The models on this device were stored by a newer version of this app.';
  await expect(page.getByText(words)).toBeVisible();
  const versions = await page.evaluate(() => indexedDB.databases());
  expect(versions.find(({ name }) => name === 'runs-here-weights')?.version).toBe(99);
});

/** How many shards the journal calls verified. */
function verifiedShards(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('runs-here-weights');
        opening.addEventListener('success', () => {
          const reading = opening.result.transaction('files').objectStore('files').getAll();
          reading.addEventListener('success', () => {
            opening.result.close();
            const files = reading.result as { kind: string; state: string }[];
            resolve(files.filter(({ kind, state }) => kind === 'shard' && state === 'verified').length);
          });
        });
      }),
  );
}

/** Cuts the first chunk of a stored file, as a broken disk would. */
function shorten(page: Page, path: string): Promise<void> {
  return page.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('runs-here-weights');
        opening.addEventListener('success', () => {
          const change = opening.result.transaction('chunks', 'readwrite');
          change.objectStore('chunks').put(new Blob(['short']), ['demo-q4f32_1', name, 0]);
          change.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
        });
      }),
    path,
  );
}
