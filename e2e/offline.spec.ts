import { expectKept, keptPaths } from './support/published.ts';
import { expect, test } from './support/test.ts';

test('with the server and the network gone, the page opens and the stored model answers', async ({
  app,
  page,
  context,
  server,
}) => {
  await app.open();
  await app.runDemo();
  await expectKept(page);

  await server.stop();
  await context.setOffline(true);
  await page.reload();
  await expect(app.button('Run the demo model')).toBeVisible();
  await app.expectSession('absent');
  await app.runDemo();
  await app.ask('What is a token?');
  await app.expectSession('ready');
});

test('one completed visit keeps all of the app, before any model was asked for', async ({
  app,
  page,
  server,
}) => {
  await app.open();
  await expectKept(page);
  expect((await keptPaths(page)).filter((path) => path.includes('/models/'))).toEqual([]);
  await server.stop();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const place of ['Playground', 'Results']) {
    await page.getByRole('link', { name: place, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeFocused();
    await expect(page.getByText('could not be fetched')).toBeHidden();
  }
});
