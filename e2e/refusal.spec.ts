import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { hookGpu } from './support/gpu.ts';
import { expect, test } from './support/test.ts';

/** The real library and the real weights on a GPU whose `exp` is wrong, and which says nothing of it. */
test('a GPU that computes wrongly gets no number, wherever the result is told', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  hookGpu(page, ['wrong-numbers']);
  await app.open('#/measure?plan=pp16_tg8_w0_r1-1&variant=demo-q4f32_1');
  await app.button('Download, load and measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'failed', { timeout: 240_000 });
  await expect(page.getByRole('alert').first()).toContainText(/\w+.*\./);
  await expectRefused(page, 'This GPU');
  await expect(page.getByRole('link', { name: /Demo model.*no speed: wrong answers/ })).toBeVisible();
  await expectAccessible(page);

  await app.button('Image…').click();
  await expect(
    page.getByRole('img', { name: /No speed for Demo model\. This GPU computes wrongly/ }),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await app.button('Copy as Markdown').click();
  const table = await page.evaluate(() => navigator.clipboard.readText());
  expect(table).toContain('refused');
  expect(table).toContain('This GPU computes wrongly here');
  expect(table).not.toMatch(/[\d.]+ ?tok\/s/);

  await app.button('Copy link').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(link);
  await expect(page.getByRole('main')).toContainText('Self-reported');
  await expectRefused(page, 'That GPU');
});

async function expectRefused(page: Page, subject: string): Promise<void> {
  const report = page.getByRole('article');
  await expect(report.getByRole('heading', { level: 2 })).toHaveText('No speed for Demo model');
  await expect(report).toContainText(`${subject} computes wrongly here`);
  await expect(page.getByRole('main')).not.toContainText(/\d ?tok\/s/);
  await expect(page.getByRole('button', { name: 'Feel it' })).toHaveCount(0);
}
