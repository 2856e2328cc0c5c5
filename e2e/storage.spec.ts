import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectGoodInEveryLook } from './support/accessible.ts';
import type { App } from './support/app.ts';
import { expect, test } from './support/test.ts';

const DEMO = 'demo-q4f32_1';

test('a stored model is listed, verified again, and deleted for real after its time to undo', async ({
  app,
  page,
}) => {
  await storeDemo(app);
  const row = await openStorage(page);
  await expect(row).toContainText('from this site');
  await expect(row).toContainText(/(\d+) of \1/);

  await app.button('Verify again: Demo model').click();
  await expect(row.getByRole('status')).toHaveText(/Checked just now: all \d+ files/);

  await app.button('Delete Demo model from this device').click();
  await expect(row).toBeHidden();
  await app.button('Undo').click();
  await expect(row).toBeVisible();
  expect(await chunks(page)).toBeGreaterThan(0);

  await app.button('Delete Demo model from this device').click();
  await expect(page.getByText('No model is stored here yet.')).toBeVisible();
  await expect.poll(() => chunks(page), { timeout: 15_000, message: 'chunks in the store' }).toBe(0);
});

test('a deletion that was asked for is finished although the page is closed', async ({
  app,
  page,
  context,
}) => {
  await storeDemo(app);
  await openStorage(page);
  await app.button('Delete Demo model from this device').click();
  await expect(app.button('Undo')).toBeVisible();
  await page.close({ runBeforeUnload: false });
  const next = await context.newPage();
  await next.goto(`${app.url}#/storage`);
  await expect.poll(() => chunks(next), { timeout: 30_000, message: 'chunks in the store' }).toBe(0);
});

test('a model on the GPU is not deleted under its user, neither here nor from another tab', async ({
  app,
  page,
  context,
}) => {
  await app.open();
  await app.runDemo();
  const other = await context.newPage();
  await other.goto(`${app.url}#/storage`);
  await other.getByRole('button', { name: 'Delete Demo model from this device' }).click();
  await expect(other.getByText('Demo model is running in another tab, so it stays.')).toBeVisible();
  await expect(stored(other)).toBeVisible();
  await expect(other.getByRole('button', { name: 'Undo' })).toBeHidden();
  await other.close();
  const row = await openStorage(page);
  await expect(row).toContainText('On the GPU now');
  await app.button('Delete Demo model from this device').click();
  await expect(page.getByText('Demo model is on the GPU, so it stays.')).toBeVisible();
  await app.button('Free the GPU and delete it').click();
  await app.expectSession('absent');
  await expect(row).toBeHidden();
});

test('an exported model comes back by import, and loads with the server gone', async ({
  app,
  page,
  server,
}) => {
  await storeDemo(app);
  await openStorage(page);
  const saving = page.waitForEvent('download');
  await app.button('Export Demo model as one file').click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe(`${DEMO}.tar`);
  const file = await download.path();

  await app.button('Delete Demo model from this device').click();
  await app.button('Dismiss').last().click();
  await expect.poll(() => chunks(page)).toBe(0);

  await page.getByLabel('Exported model').setInputFiles({
    name: `${DEMO}.tar`,
    mimeType: 'application/x-tar',
    buffer: await readFile(file),
  });
  const row = stored(page);
  await expect(page.getByText('Demo model is stored here now, and every file is checked.')).toBeVisible();
  await expect(row).toContainText('Ready for the plane.');

  await server.stop();
  await app.button('Load Demo model').click();
  await app.expectSession('ready');
});

test('ready for the plane is true: the model answers after a reload without the server', async ({
  app,
  page,
  server,
}) => {
  await storeDemo(app);
  await openStorage(page);
  await expect(stored(page)).toContainText('Ready for the plane.', { timeout: 30_000 });
  await server.stop();
  await page.reload();
  await expect(stored(page)).toContainText('Ready for the plane.');
  await app.button('Load Demo model').click();
  await app.expectSession('ready');
  await app.ask('What is a token?');
  await expect(app.log()).toContainText('What is a token?');
  await app.expectSession('ready');
});

test('the list of stored models can be reached and used with the keyboard alone', async ({ app, page }) => {
  await storeDemo(app);
  await app.open();
  await page.getByRole('link', { name: 'On this device' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'On this device' })).toBeFocused();
  const verify = app.button('Verify again: Demo model');
  await expect(verify).toBeVisible();
  for (let stop = 0; stop < 20 && !(await isFocused(verify)); stop++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(stored(page).getByRole('status')).toHaveText(/Checked just now/);
});

test('the storage page passes axe with a model on the GPU that was checked', async ({ app, page }) => {
  await app.open();
  await app.runDemo();
  await openStorage(page);
  await app.button('Verify again: Demo model').click();
  await expect(stored(page).getByRole('status')).toHaveText(/Checked/);
  await expectGoodInEveryLook(page);
});

/** The demo model in the store, and nothing on the GPU. */
async function storeDemo(app: App): Promise<void> {
  await app.open();
  await app.runDemo();
  await app.page.reload();
  await app.expectSession('absent');
}

async function openStorage(page: Page): Promise<Locator> {
  await page.evaluate(() => (location.hash = '#/storage'));
  await expect(page.getByRole('heading', { level: 1, name: 'On this device' })).toBeVisible();
  await expect(stored(page)).toBeVisible();
  return stored(page);
}

function stored(page: Page): Locator {
  return page.getByRole('region', { name: 'Stored models' }).getByRole('listitem');
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** Pieces of model files that are in IndexedDB, counted without reading them. */
function chunks(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('runs-here-weights');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const counting = opening.result.transaction('chunks').objectStore('chunks').count();
          counting.addEventListener('success', () => {
            opening.result.close();
            resolve(counting.result);
          });
        });
      }),
  );
}
