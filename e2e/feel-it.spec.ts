import type { Page } from '@playwright/test';
import { QUICK } from '../src/bench/plan.ts';
import { sampleResult } from '../src/bench/samples.ts';
import { writeLink } from '../src/share/link.ts';
import { expectGoodInEveryLook } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

test.use({ gpu: 'no-webgpu' });

/** What is written so far in each lane. */
function written(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('section[aria-labelledby=feel-title] p[aria-hidden] > :first-child')].map(
      (one) => one.textContent ?? '',
    ),
  );
}

async function open(page: Page, url: string, decodeMs = 20): Promise<void> {
  await page.goto(url + writeLink(await sampleResult({ decodeMs: () => decodeMs }, QUICK)));
  await page.getByRole('button', { name: 'Feel it' }).click();
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('text comes at the result’s speed beside another, can be stopped, goes on and starts again', async ({
  app,
  page,
}) => {
  await open(page, app.url);
  await expect(button(page, 'Pause')).toBeFocused();
  await expect.poll(async () => (await written(page))[1]!.length).toBeGreaterThan(10);
  await button(page, 'Pause').click();
  const [own, twelve] = (await written(page)) as [string, string];
  expect(own.length).toBeGreaterThan(2 * twelve.length);
  expect(own.startsWith(twelve)).toBe(true);
  await page.getByRole('checkbox', { name: 'Reading speed' }).check();
  expect((await written(page))[0]).toBe(own);
  expect((await written(page))[2]!.length).toBeLessThan(twelve.length);

  await button(page, 'Restart').click();
  await expect.poll(async () => (await written(page))[0]!.length).toBeLessThan(own.length);
  await page.getByRole('checkbox', { name: 'Reading speed' }).uncheck();
  await page.getByRole('checkbox', { name: '12 tok/s' }).uncheck();
  await expect(button(page, 'Play again')).toBeVisible();
  expect((await written(page))[0]).toMatch(/played back\.$/);
  await button(page, 'Play again').click();
  await expect(button(page, 'Pause')).toBeVisible();
});

test('each lane shows as many tokens as its times say, whatever the frames were', async ({ app, page }) => {
  await open(page, app.url, 50);
  await expect.poll(async () => (await written(page))[0]!.length).toBeGreaterThan(40);
  await button(page, 'Pause').click();
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll('section[aria-labelledby=feel-title] h4 > span')].map(
      (one) => one.textContent,
    ),
  );
  const seconds = parseFloat(shown[0] ?? '');
  const pieces = ((await written(page))[0]!.match(/\s*\S{1,5}/g) ?? []).length;
  expect(pieces).toBeGreaterThanOrEqual(Math.floor((seconds - 0.05 - 0.3) / 0.0502));
  expect(pieces).toBeLessThanOrEqual(Math.ceil((seconds + 0.05) / 0.05));
});

test('to a screen reader it is one sentence and its controls', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, app.url);
  const region = page.getByRole('region', { name: 'Feel it' });
  await expect(region).toContainText(/\d+ tokens take [\d.]+ s, [\d.]+ s at 12 tok\/s\./);
  await expect.poll(async () => (await written(page))[0]!.length).toBeGreaterThan(10);
  expect(await region.ariaSnapshot()).not.toContain('A language');
  await expect(region.locator('[aria-live]')).toHaveCount(0);
  await button(page, 'Pause').click();
  await expectGoodInEveryLook(page);
});
