import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

test('with the server gone, the page opens and the stored model answers', async ({ app, page, server }) => {
  await app.open();
  await app.runDemo();
  await expectKept(page);

  await server.stop();
  await page.reload();
  await expect(app.button('Run the demo model')).toBeVisible();
  await app.expectSession('absent');
  await app.runDemo();
  await app.ask('What is a token?');
  await app.expectSession('ready');
});

test('the page alone opens without the server, before any model was asked for', async ({
  app,
  page,
  server,
}) => {
  await app.open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await server.stop();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

/** Waits until the service worker has the page and the engine. */
async function expectKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const hasEngine = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return lists.flat().some(({ url }) => url.includes('/assets/web-llm-'));
    });
  await expect
    .poll(hasEngine, { timeout: 30_000, message: 'the engine is in the service worker' })
    .toBe(true);
}
