import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { App } from './support/app.ts';
import { DEMO, expect, test } from './support/faulty.ts';

const FOLDER = fileURLToPath(new URL('../public/models/demo/resolve/main', import.meta.url));

/** Chromium's setting "block all site data": no IndexedDB, no locks, no private file system. */
const BLOCKED = { profile: { default_content_setting_values: { cookies: 2 } } };

test('room that is too little is made by deleting, and the download goes on', async ({ app, page }) => {
  await app.open();
  await app.runDemo(); // the engine is kept from now on, so that only models need room
  await page.reload();
  await importFolder(page);
  await app.button('Delete Demo model from this device').click();
  await app.button('Dismiss').last().click();
  await expect(app.button('Load Demo model')).toBeHidden();
  await limit(page, app.url, (await usage(page)) + 1e6);

  await openModels(page);
  await app.button('Run the demo model').click();
  await app.expectFailure('storage-full');
  const failure = page.getByRole('alert').first();
  await expect(failure).toHaveText(/too little room/);
  await expect(failure).toContainText('Still to download');
  await expectAccessible(page);

  await app.button('Delete Own-q4f32_1 from this device').click();
  await expect(failure).toContainText('Room you make');
  await app.button('Continue').click();
  await app.expectSession('ready');
});

test('a model that cannot be stored runs from memory when the visitor asks for it', async ({
  app,
  page,
  complaints,
}) => {
  complaints.expect(/Quota/, /storage/i);
  await limit(page, app.url, 1.5e6); // less than the model takes, and the app itself
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectFailure('storage-full');
  await expect(page.getByText('It can also run from memory. Then nothing more is stored')).toBeVisible();
  await expectAccessible(page);
  await app.button('Run it from memory').click();
  await app.expectAnswer();
  await page.evaluate(() => (location.hash = '#/storage'));
  await expect(
    page.getByText('Some of it is only in memory, and gone when this page is closed'),
  ).toBeVisible();
  await page.reload();
  await expect(app.button('Load Demo model')).toBeHidden();
});

test('in a window that keeps nothing a model runs from memory, and the page says so', async ({
  playwright,
  launchOptions,
  server,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'runs-here-'));
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(BLOCKED));
  const context = await playwright.chromium.launchPersistentContext(profile, launchOptions);
  const app = new App(await context.newPage(), server.url);
  await app.open();
  await app.runDemo();
  const words = 'This browser stores nothing here: the model is in memory, and gone with the page.';
  await expect(app.page.getByText(words)).toBeVisible();
  await app.page.evaluate(() => (location.hash = '#/storage'));
  await expect(app.page.getByRole('heading', { name: 'Models in memory' })).toBeVisible();
  await expect(app.page.getByText('Until this page is closed')).toBeVisible();
  await context.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

test('a second tab follows the download of the first, says so, and takes over when that is closed', async ({
  app,
  page,
  context,
  faults,
}) => {
  faults.fail(`${DEMO}params_shard_1.bin`, { does: 'trickle', bytesPerS: 60_000 });
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectSession('downloading');
  const other = new App(await context.newPage(), app.url);
  await other.open();
  await other.button('Run the demo model').click();
  await expect(other.page.getByText('Another tab is fetching this model; this one follows.')).toBeVisible();
  for (const one of [page, other.page]) {
    const bar = one.getByRole('progressbar', { name: 'Download the model' });
    await expect
      .poll(() => bar.evaluate((shown: HTMLProgressElement) => shown.position))
      .toBeGreaterThan(0.1);
  }
  await page.close();
  await other.expectSession('ready');
});

test('an answer that is being written survives the end of its page', async ({ app, page }) => {
  await app.open();
  await app.runDemo();
  await app.ask('Tell me a story about a small robot.');
  const [text] = await Promise.all([reloadInTheMiddle(page), page.waitForEvent('load')]);
  await expect(app.log()).toContainText('Broken off here: the page was closed while this was written');
  await expect(app.log()).toContainText(text);
});

test('what happens while the settings are open can be undone there', async ({ app, page }) => {
  await app.open();
  await app.button('Settings').click();
  await page.getByLabel('Longest answer, in tokens').fill('64');
  await app.button('Back to the defaults').click();
  await expect(page.getByLabel('Longest answer, in tokens')).toHaveValue('512');
  await app.button('Undo').click();
  await expect(page.getByLabel('Longest answer, in tokens')).toHaveValue('64');
});

/** The demo model's files as somebody's own folder. */
async function importFolder(page: Page): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), 'runs-here-'));
  const folder = join(parent, 'Own-q4f32_1');
  await cp(FOLDER, folder, { recursive: true });
  await page.evaluate(() => (location.hash = '#/storage'));
  await page.getByLabel('Model folder to import').setInputFiles(folder);
  await expect(page.getByText('Own-q4f32_1 is stored here now, and every file is checked.')).toBeVisible();
  await rm(parent, { recursive: true });
}

async function openModels(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Models', exact: true }).click();
}

/** The bytes that this site stores, once they no longer change: deleted ones are given back a little later. */
async function usage(page: Page): Promise<number> {
  let before = -1;
  for (;;) {
    const now = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    if (now === before) return now;
    before = now;
    await page.waitForTimeout(1000);
  }
}

async function limit(page: Page, url: string, quotaSize: number): Promise<void> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize });
}

/** Reloads as soon as an answer is kept that is not complete; from inside the page, or it would be complete by then. */
async function reloadInTheMiddle(page: Page): Promise<string> {
  const said = page.waitForEvent('console', (message) => message.text().startsWith('kept: '));
  await page.evaluate(() => {
    const opening = indexedDB.open('runs-here-page');
    opening.addEventListener('success', look);

    function look(): void {
      const reading = opening.result.transaction('kept').objectStore('kept').get('conversation');
      reading.addEventListener('success', () => {
        const turns = (reading.result ?? []) as { text: string; interrupted: boolean }[];
        const broken = turns.find(({ interrupted }) => interrupted);
        if (!broken) return look();
        console.log(`kept: ${broken.text.slice(0, 10).trim()}`);
        location.reload();
      });
    }
  });
  return (await said).text().replace('kept: ', '');
}
