import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Result } from '../src/bench/result.ts';
import { sampleResult } from '../src/bench/samples.ts';
import { writeLink } from '../src/share/link.ts';
import { browserFlags } from '../tools/browser.mjs';
import type { App } from './support/app.ts';
import { expectAccessible, expectGoodInEveryLook } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

/** Short cases, for a GPU that is software. */
const PLAN = 'pp32_tg16_w1_r2-3';
const ADDRESS = `#/measure?plan=${PLAN}&variant=demo-q4f32_1`;

test('a link prepares a model and a plan, the result is sent as a link, and opens without WebGPU', async ({
  app,
  page,
  context,
  playwright,
  launchOptions,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open(ADDRESS);
  await app.expectSession('absent');
  await expect(page.getByRole('radio', { name: /Own plan/ })).toBeChecked();
  await measure(app);
  const headline = await page.getByRole('heading', { level: 2 }).first().innerText();
  await app.button('Copy link').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(500);

  const profile = await mkdtemp(join(tmpdir(), 'runs-here-'));
  const other = await playwright.chromium.launchPersistentContext(profile, {
    ...launchOptions,
    args: browserFlags('no-adapter'),
  });
  await other.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'gpu'));
  const asked: string[] = [];
  other.on('request', (request) => asked.push(request.url()));
  const there = other.pages()[0]!;
  await there.goto(link);
  const shown = there.getByRole('heading', { level: 2 }).first();
  await expect(shown).toHaveText(headline.replace('runs here', 'ran'), { useInnerText: true });
  expect(asked.filter((url) => /models\/|web-llm/.test(url))).toEqual([]);
  await other.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

test('a second measurement tells its time beforehand, is kept over a reload, and can be saved', async ({
  app,
  page,
}) => {
  await app.open(ADDRESS);
  await expect(page.getByRole('main')).toContainText('not known before a first measurement');
  await measure(app);
  await expect(page.getByRole('main')).toContainText(/About .* (s|min) here/);
  expect(page.url()).toContain(`plan=${PLAN}`);
  await page.reload();
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Demo model runs here at');
  await expectGoodInEveryLook(page); // a report that was measured here, and on software
  const record = JSON.parse(await saved(page, 'Save as JSON')) as Result;
  expect(record).toMatchObject({ version: 2, check: { verdict: 'pass', fault: null } });
  const { downloadMs, openStoreMs, uploadMs, shadersMs, firstTokenMs } = record.load;
  for (const part of [downloadMs, openStoreMs, uploadMs, shadersMs, firstTokenMs])
    expect(part).toBeGreaterThan(0);
  expect(uploadMs).toBeLessThanOrEqual(openStoreMs!);
  expect(record.circumstances.downloading).toBe(false);
  const [pp, tg] = record.cases.map(({ runs }) => runs.at(-1)!.usage!);
  expect(pp).toMatchObject({ promptTokens: 32, completionTokens: 1 });
  expect(tg!.completionTokens).toBe(17);
  expect(tg!.decodeTps).toBeGreaterThan(0);
  expect((await saved(page, 'Save as CSV')).split('\r\n').length).toBeGreaterThan(6);
});

test('results of this device, and one from a link, are compared; what is deleted comes back', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open(ADDRESS);
  await app.button('Measure the memory').click();
  await expect(app.button('Measure the memory again')).toBeVisible({ timeout: 60_000 });
  await measure(app);
  await expect(page.getByRole('region', { name: 'How good is that?' })).toContainText('at most');
  await app.button('Measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'running');
  await expect(app.root()).toHaveAttribute('data-bench', 'done', { timeout: 240_000 });
  const boxes = page.getByRole('checkbox');
  await expect(boxes).toHaveCount(2);
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole('link', { name: 'Compare 2 results' }).click();
  const title = page.getByRole('heading', { name: '2 results compared' });
  await expect(title).toBeVisible();
  await expect(page.getByRole('article')).toContainText('All that is recorded is the same');
  await app.button('Copy link').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(1000);

  await page.getByRole('link', { name: 'Results', exact: true }).click();
  await app.button('Delete').click();
  await expect(boxes).toHaveCount(0);
  await app.button('Undo').click();
  await expect(boxes).toHaveCount(2);

  await page.goto(app.url + writeLink(await sampleResult()));
  await page.getByRole('link', { name: 'Compare with mine' }).click();
  await expect(title).toBeVisible();
  await expect(page.getByRole('article')).toContainText('self-reported');
  await page.goto(link);
  await expect(title).toBeVisible();
  await expectAccessible(page);
});

async function measure(app: App): Promise<void> {
  await app.button('Download, load and measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'done', { timeout: 240_000 });
}

async function saved(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  return readFile(await (await download).path(), 'utf8');
}

test('a model without known answers is checked by itself before it is timed', async ({ app, page }) => {
  const folder = `${app.url}models/demo/resolve/main/`;
  const query = new URLSearchParams({ model: folder, lib: `${folder}demo-q4f32_1.wasm` });
  await app.open(`?${query}`);
  await app.loadAsked();
  await app.expectSession('ready');
  await page.evaluate(() => (location.hash = '#/measure?plan=tg8_w1_r2-2'));
  await app.button('Measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'done', { timeout: 240_000 });
  const record = JSON.parse(await saved(page, 'Save as JSON')) as Result;
  expect(record.check).toMatchObject({ kind: 'consistency', verdict: 'pass', fault: null });
  expect(record.check!.total).toBeGreaterThan(8);
});
