import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { App } from './support/app.ts';
import { expectKept } from './support/fault.ts';
import { DEMO, expect, test } from './support/faulty.ts';
import { expectMeasured } from './support/measuring.ts';
import { kill } from './support/process.ts';

const STORY = 'Tell me a story about a brave fox.';
const KILLED = /crashed|Target crashed/;

test('a tab that is killed in a download: it is said, nothing starts by itself, and what arrived is kept', async ({
  app,
  page,
  context,
  faults,
  complaints,
}) => {
  complaints.expect(KILLED);
  faults.fail(`${DEMO}params_shard_1.bin`, { does: 'trickle', bytesPerS: 20_000 });
  await app.open();
  await app.button('Run the demo model').click();
  await expect.poll(() => faults.sent(`${DEMO}params_shard_1.bin`)).toBeGreaterThan(10_000);
  await killTab(page, context);

  faults.heal();
  const other = `${DEMO}params_shard_0.bin`;
  const before = faults.sent(other);
  const next = await reopen(app, context);
  await expectTold(next.page, 'Stopped while downloading Demo model. What has arrived is kept.');
  await next.expectSession('absent');
  await next.button('Continue').click();
  await next.expectAnswer();
  expectKept('the shard that was stored', faults.sent(other), before);
});

test('a tab that is killed while a model goes to the GPU: the next start says so, once, and loads nothing', async ({
  app,
  page,
  context,
  complaints,
}) => {
  complaints.expect(KILLED);
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectSession('loading');
  await expect.poll(() => marksOf(page)).toEqual([expect.stringMatching(/weights|shaders/)]);
  await killTab(page, context);

  const next = await reopen(app, context, '#/play');
  await expectTold(
    next.page,
    /Stopped while (putting Demo model on the GPU|compiling shaders for Demo model): it may be too big here\./,
  );
  await next.expectSession('absent');
  await next.page.reload();
  await expect(next.page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(next.page.getByText('Stopped while')).toHaveCount(0);
  await next.runDemo();
});

test('a tab that is closed or reloaded on purpose in a load has not crashed', async ({
  app,
  page,
  context,
}) => {
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectSession('loading');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(() => marksOf(page)).toEqual([]);
  await app.button('Run the demo model').click();
  await app.expectSession('loading');
  const next = await context.newPage();
  await page.close();
  const later = new App(next, app.url);
  await later.open('#/play');
  await expect.poll(() => marksOf(next)).toEqual([]);
  await expect(next.getByText('Stopped while')).toHaveCount(0);
});

test('a tab that is killed in the middle of an answer keeps the conversation, and all but the last moments', async ({
  app,
  page,
  context,
  complaints,
}) => {
  complaints.expect(KILLED);
  await app.open();
  await app.runDemo();
  const before = await app.log().innerText();
  await app.ask(STORY);
  const told = await toldSoFar(app);
  await killTab(page, context);

  const next = await reopen(app, context, '#/play');
  await expect(next.log()).toContainText('Broken off here');
  const after = await next.log().innerText();
  expectKept('the conversation', after.slice(0, before.length), before);
  expectKept('the beginning of the answer', after.includes(told), true);
});

test('a benchmark that kills the tab is named at the next start', async ({
  app,
  page,
  context,
  complaints,
}) => {
  complaints.expect(KILLED);
  await app.open();
  await app.runDemo();
  await page.getByRole('link', { name: 'Results' }).click();
  await app.button('Measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'running');
  await expect.poll(() => marksOf(page)).toEqual(['benchmark']);
  await killTab(page, context);
  const next = await reopen(app, context);
  await expectTold(next.page, 'Stopped while measuring Demo model: it may be too big here.');
});

test('a browser that is killed keeps conversation, settings, results and models', async ({
  playwright,
  launchOptions,
  server,
  faults,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'runs-here-'));
  const start = () => playwright.chromium.launchPersistentContext(profile, launchOptions);
  const context = await start();
  const app = new App(context.pages()[0]!, server.url);
  await app.open();
  await app.runDemo();
  await app.button('Settings').click();
  await app.page.getByRole('spinbutton', { name: 'Temperature' }).fill('0.3');
  await app.button('Done').click();
  await app.page.evaluate(() => (location.hash = '#/measure?plan=tg8_w0_r1-1'));
  await app.button('Measure').click();
  await expectMeasured(app);
  await app.page.getByRole('link', { name: 'Playground' }).click();
  const before = await app.log().innerText();
  await app.ask(STORY);
  const told = await toldSoFar(app);
  const gone = context.waitForEvent('close');
  await kill(context, 'browser');
  await gone;

  const again = await start();
  const next = new App(again.pages()[0]!, server.url);
  await next.open('#/play');
  await expect(next.log()).toContainText('Broken off here');
  const after = await next.log().innerText();
  expectKept('the conversation', after.slice(0, before.length), before);
  expectKept('the beginning of the answer', after.includes(told), true);
  await next.button('Settings').click();
  expectKept(
    'the settings',
    await next.page.getByRole('spinbutton', { name: 'Temperature' }).inputValue(),
    '0.3',
  );
  await next.button('Done').click();
  const fetched = faults.sent(`${DEMO}params_shard_0.bin`);
  await next.button('Run the demo model').click();
  await next.expectSession('ready');
  expectKept('the model', faults.sent(`${DEMO}params_shard_0.bin`), fetched);
  await next.page.getByRole('link', { name: 'Results' }).click();
  await expect(next.page.getByRole('table').first()).toBeVisible();
  await again.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function killTab(page: Page, context: BrowserContext): Promise<void> {
  const crash = page.waitForEvent('crash');
  await kill(context, 'renderer');
  await crash;
}

/** A new tab after the old one was killed, as a visitor who comes back. */
async function reopen(app: App, context: BrowserContext, address = ''): Promise<App> {
  const next = new App(await context.newPage(), app.url);
  await next.open(address);
  return next;
}

async function expectTold(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText(words);
}

/** The beginning of the answer that is being written, once some of it must have been kept. */
async function toldSoFar(app: App): Promise<string> {
  const live = app.page.locator('article[aria-busy=true]');
  await expect(live).toHaveText(/fox/i);
  const keptTurns = () => app.page.evaluate(readKept, 'conversation');
  await expect.poll(async () => JSON.stringify(await keptTurns())).toContain('"interrupted":true');
  const turns = (await keptTurns()) as { text: string }[];
  return turns.at(-1)!.text.slice(0, 20);
}

async function marksOf(page: Page): Promise<string[]> {
  const marks = (await page.evaluate(readKept, 'mark:')) as { step: string }[];
  return marks.map(({ step }) => step);
}

/** Runs in the page: a record of what the page keeps, or all whose keys begin so. */
function readKept(key: string): Promise<unknown> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('runs-here-page');
    opening.addEventListener('success', () => {
      const store = opening.result.transaction('kept').objectStore('kept');
      const range = IDBKeyRange.bound(key, `${key}\uffff`);
      const reading = key.endsWith(':') ? store.getAll(range) : store.get(key);
      reading.addEventListener('success', () => {
        opening.result.close();
        resolve(reading.result);
      });
    });
  });
}
