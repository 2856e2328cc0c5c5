import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { provoke } from './support/fault.ts';
import { expectMeasured, measureUntil } from './support/measuring.ts';
import { expect, test } from './support/test.ts';

test('a tab that is hidden during a run: that run does not count, and the rest waits until it is seen', async ({
  app,
  page,
}) => {
  const tg64 = await measureUntil(app, 'tg64_tg8_w0_r2-2', 'tg64: run 1');
  await hideForAMoment(page);
  await expectMeasured(app);
  const hidden = tg64.getByRole('row', { name: /not visible during this run/ });
  await expect(hidden).toHaveCount(1);
  await expect(hidden).toContainText('not counted');
  await expect(tg64.getByRole('rowheader')).toHaveText(['Run 1', 'Run 2', 'Run 3']);
  await expect(tg64.getByRole('cell', { name: 'not counted' })).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'tg8', exact: true })).toContainText(/\d ?tok\/s/);
  await expect(page.getByRole('region', { name: 'What to keep in mind' })).toContainText(
    /hidden|not visible/i,
  );
});

test('Cancel keeps what is finished, over a reload too', async ({ app, page }) => {
  await measureUntil(app, 'tg8_tg64_w0_r2-2', 'tg64: run 2');
  await app.button('Cancel').click();
  await expectMeasured(app);
  await app.expectSession('ready');
  const headline = page.getByRole('heading', { level: 2 }).first();
  await expect(headline).toContainText('Demo model runs here at');
  const before = await headline.innerText();
  await page.reload();
  await expect(headline).toHaveText(before, { useInnerText: true });
  await expect(page.getByRole('region', { name: 'tg8', exact: true })).toContainText(/\d ?tok\/s/);
  await expect(page.getByRole('region', { name: 'tg64', exact: true })).toContainText('Ended early');
  await expect(page.getByRole('region', { name: 'What to keep in mind' })).toContainText(
    /ended early|cancel/i,
  );
  await expectAccessible(page);
});

/**
 * What a page is told when another tab comes to the front. Told by hand: headless Chromium gives every tab a window of its own,
 * and none of them is ever hidden.
 */
async function hideForAMoment(page: Page): Promise<void> {
  provoke('tab hidden while it measures');
  for (const state of ['hidden', 'visible']) {
    await page.evaluate((told) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => told });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  }
}
