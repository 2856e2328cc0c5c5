import type { Page } from '@playwright/test';
import { expectGoodInEveryLook } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

test('the own result stands beside published figures, and software says so', async ({ app, page }) => {
  await app.open('#/measure?plan=tg16_w1_r2-2&variant=demo-q4f32_1');
  await app.button('Download, load and measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'done', { timeout: 240_000 });
  await page.getByRole('link', { name: 'See them beside published figures' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  const own = page.getByRole('region', { name: 'Measured on this device' });
  await expect(own).toContainText('Demo model');
  await expect(own).toContainText('tg16, median of 2 runs');
  await expect(own).toContainText('says nothing about a GPU');
  await expect(
    page.getByRole('figure').getByRole('listitem').filter({ hasText: 'Demo model' }),
  ).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(/\d ?(×|times as fast)/);
  await own.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Demo model runs here');
});

test('models are judged for any machine, with the keyboard, and by an address', async ({ app, page }) => {
  await app.open('#/');
  await page.getByRole('link', { name: 'What else fits' }).click();
  const fits = page.getByRole('region', { name: 'What fits' });
  await expect(fits.getByRole('region', { name: 'Runs in this browser' })).toContainText('Qwen 3.5 0.8B');
  await fits.getByRole('link', { name: 'RTX 4090' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/showdown\/rtx-4090$/);
  await expect(fits.getByRole('link', { name: 'RTX 4090' })).toBeFocused();
  const native = fits.getByRole('region', { name: 'Runs natively' });
  await expect(native).toContainText('ollama run gemma3:27b-it-qat');
  await expect(native).toContainText(/About 32–57 tok\/s/);
  await expect(fits.getByRole('region', { name: 'Does not fit' })).toContainText(/Llama 4 Scout.*too many/);
  await page.reload();
  await expect(native).toContainText('Gemma 3 27B');
});

test.describe('without WebGPU', () => {
  test.use({ gpu: 'no-webgpu' });

  test('figures and fits are there, and nothing claims this browser', async ({ app, page }) => {
    await app.open('#/showdown');
    await expectFigures(page);
    await expect(page.getByRole('link', { name: 'Measure a model' })).toBeVisible();
    const fits = page.getByRole('region', { name: 'What fits' });
    await expect(fits).toContainText('This browser has no WebGPU.');
    await expect(fits.getByRole('region', { name: 'Runs in this browser' })).toHaveCount(0);
    await expectGoodInEveryLook(page);
  });

  test('works with the server gone', async ({ app, page, server }) => {
    await app.open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await caches.keys()).length > 0);
    await server.stop();
    await page.goto(`${app.url}#/showdown`);
    await page.reload();
    await expectFigures(page);
  });
});

async function expectFigures(page: Page): Promise<void> {
  const table = page.getByRole('table', { name: /^Decode/ });
  await expect(table.getByRole('row')).toHaveCount(11);
  await expect(table).toContainText('eight answers at once');
  await expect(page.getByRole('list', { name: 'Sources' })).toContainText('March 2026');
}
