import { expect, type Locator, type Page, type Worker } from '@playwright/test';
import type { App } from './support/app.ts';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible.ts';
import { measureDemo, measuring } from './support/measuring.ts';
import { test } from './support/test.ts';

const PLAN = 'tg8_w0_r1-1';
const DONE = { timeout: 240_000 };

test('two models are measured one after the other, each in a fresh worker; one is left out, and the queue is ended', async ({
  app,
  page,
}) => {
  await storeTwo(app);
  const queue = page.getByRole('region', { name: 'Queue' });
  const items = queue.getByRole('listitem');
  const workers = countEngines(page);

  await startQueue(app);
  await expect(queue).toBeVisible();
  await expectAccessible(page);
  await expect(items).toHaveText([/is done/, /is done/], DONE);
  expect(workers()).toBe(2);
  await expectLinks(page, items);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }

  await startQueue(app);
  await expect(items.first()).toContainText('is being measured', DONE);
  await expect(measuring(page)).toBeVisible();
  await app.button('Skip this model').click();
  await expect(items).toHaveText([/was skipped\. Skipped by you\./, /is done/], DONE);

  await startQueue(app);
  await app.button('End the queue').click();
  await expect(items).toHaveText([/was skipped/, /The queue was ended before its turn\./], DONE);
  await expect(app.button('End the queue')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'On this device' }).getByRole('listitem')).toHaveCount(4);
});

/** The demo model of the list, and the same files as somebody else's model: both are stored, one result is there. */
async function storeTwo(app: App): Promise<void> {
  const folder = `${app.url}models/demo/resolve/main/`;
  const query = new URLSearchParams({ model: folder, lib: `${folder}demo-q4f32_1.wasm` });
  await app.open(`?${query}`);
  await app.loadAsked();
  await app.expectSession('ready');
  await measureDemo(app, PLAN);
}

async function startQueue(app: App): Promise<void> {
  const { page } = app;
  const fold = page.getByText('Measure several models');
  const group = page.getByRole('group', { name: /Each is loaded in a worker of its own/ });
  if (!(await group.isVisible())) await fold.click();
  const boxes = group.getByRole('checkbox');
  await expect(boxes).toHaveCount(2);
  for (const box of await boxes.all()) await box.check();
  await app.button('Measure 2 models').click();
}

/** Each leads to the result of its own model. */
async function expectLinks(page: Page, items: Locator): Promise<void> {
  const addresses = new Set<string>();
  for (const item of await items.all()) {
    const name = await item.locator('strong').innerText();
    await item.getByRole('link').click();
    await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toContainText(name);
    addresses.add(page.url());
  }
  expect(addresses.size).toBe(2);
}

/** How many engine workers have started since. */
function countEngines(page: Page): () => number {
  let started = 0;
  page.on('worker', (worker) => {
    void isEngine(worker).then((is) => (started += is ? 1 : 0));
  });
  return () => started;
}

/** A worker may be gone before it can be asked. */
function isEngine(worker: Worker): Promise<boolean> {
  return worker.evaluate(() => self.name === 'engine').catch(() => false);
}
