import { expectKept } from './support/published.ts';
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
