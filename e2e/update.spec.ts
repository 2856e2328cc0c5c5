import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import {
  countVisits,
  expect,
  expectKept,
  keptPaths,
  lookForUpdate,
  test,
  withWorker,
} from './support/published.ts';

test.use({ trace: 'off' }); // see `countVisits`

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const NOTE = 'A new version of this page is ready.';

test('an update waits; accepted in one tab it leaves the other its old parts, and fetches no engine', async ({
  app,
  page,
  context,
  site,
  nextVersion,
}) => {
  await app.open();
  await expectKept(page);
  const other = await openTab(context, site.url);
  await mark(other);
  site.publish(nextVersion);
  site.log.length = 0;

  await lookForUpdate(page);
  await expect(page.getByText(NOTE)).toBeVisible();
  await expect(page.getByRole('contentinfo')).not.toContainText('next');
  await app.button('Use it').click();
  await expect(page.getByRole('contentinfo')).toContainText('next');

  // The host has the old parts no more, and the other tab has not fetched them yet.
  await other.getByRole('link', { name: 'Results', exact: true }).click();
  await expect(other.getByRole('group', { name: 'Plan' })).toBeVisible();
  await expectMarked(other);
  expect(site.log.filter((path) => path.includes('/assets/web-llm-'))).toEqual([]);
  expect((await keptPaths(page)).filter((path) => path.includes('/assets/web-llm-'))).toHaveLength(2);

  // The last of the old pages is gone, and so is the old version at the next start.
  await other.close();
  await page.close();
  const last = await openTab(context, site.url);
  await expect.poll(() => cacheNames(last)).toHaveLength(1);
  await expect(last.getByRole('contentinfo')).toContainText('next');
});

test('what was being typed is there after an update', async ({ app, page, site, nextVersion }) => {
  await app.open();
  await app.runDemo();
  await expectKept(page);
  await app.message().fill('Half a sentence, and');
  site.publish(nextVersion);
  await lookForUpdate(page);
  const visits = countVisits(page);
  await app.button('Use it').click();
  await expect.poll(visits).toBe(1);
  await app.runDemo();
  await expect(app.message()).toHaveValue('Half a sentence, and');
  await page.getByRole('link', { name: 'Models', exact: true }).click();
  await expect(page.getByRole('contentinfo')).toContainText('next');
});

test('while a model is measured in one tab no other tab updates; the next start does', async ({
  app,
  page,
  context,
  site,
  nextVersion,
}) => {
  await app.open();
  await app.runDemo();
  await expectKept(page);
  const other = await openTab(context, site.url);
  await mark(page);
  await page.getByRole('link', { name: 'Results', exact: true }).click();
  await app.button('Measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'running');
  site.publish(nextVersion);

  await lookForUpdate(other);
  await other.getByRole('button', { name: 'Use it' }).click();
  await expect(other.getByText('A model is at work, here or in another tab.')).toBeVisible();
  const third = await openTab(context, site.url);
  await expect(third.getByText(NOTE)).toBeVisible();
  await expect(third.getByRole('contentinfo')).not.toContainText('next');
  await expect(app.root()).toHaveAttribute('data-bench', /running|done/);
  await expect(app.root()).toHaveAttribute('data-bench', 'done', { timeout: 200_000 });
  await expectMarked(page);

  const visits = countVisits(third);
  await third.reload();
  await expect.poll(visits).toBe(2);
  await expect(third.getByRole('contentinfo')).toContainText('next');
  await expectMarked(page);
});

test('a broken service worker is taken back, with its own caches and nothing else', async ({
  page,
  app,
  context,
  site,
  complaints,
}) => {
  complaints.expect(/./); // the broken page is what this journey is about
  await app.open();
  await expectKept(page);
  await page.evaluate(async () => {
    await (await caches.open('of-another-project')).put('/x', new Response('theirs'));
  });
  site.answer('/sw.js', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(BROKEN);
  });
  await lookForUpdate(page);
  await expect.poll(() => page.evaluate(() => fetch('./').then((r) => r.text()))).toBe('broken');
  const lost = await openTab(context, site.url);
  await expect(lost.getByText('broken')).toBeVisible();

  site.answer('/sw.js', null);
  const mended = await withWorker(join(DIST, 'sw-withdraw.js'));
  site.publish(mended);
  await lost.reload();
  await expect.poll(() => cacheNames(lost)).toEqual(['of-another-project']);
  await lost.reload();
  await expect(lost.getByRole('heading', { level: 1 })).toBeVisible();
  await rm(mended, { recursive: true });
});

/** A service worker that answers every page with nonsense. */
const BROKEN = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', (event) => event.respondWith(new Response('broken')));
`;

async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(url);
  return tab;
}

async function cacheNames(page: Page): Promise<string[]> {
  return page.evaluate(() => caches.keys());
}

/** Something that no reload survives. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
}

async function expectMarked(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'neverReloaded' in window), 'it was never reloaded').toBe(true);
}
