import type { BrowserContext, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { provoke } from './support/fault.ts';
import { engineWorker } from './support/gpu.ts';
import { expectMeasured, measureUntil } from './support/measuring.ts';
import { test } from './support/test.ts';
import { expect, test as unforcedTest } from './support/unforced.ts';

/** Between two runs there is much less. */
const IDLE_MS = 3000;

unforcedTest(
  'a tab that is hidden during a run: that run does not count, and the rest waits until it is seen',
  async ({ app, page, context }) => {
    const tg64 = await measureUntil(app, 'tg64_tg8_w0_r2-2', 'tg64: run 1');
    const other = await cover(page, context);
    await expectIdle(page); // the run in hand has come to its end, and no other begins
    await expect(app.root()).toHaveAttribute('data-bench', 'running');
    await other.close();
    await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe('visible');
    await expectMeasured(app);
    await expect(tg64.getByRole('row', { name: /not visible during this run/ })).toContainText('not counted');
    await expect(tg64.getByRole('rowheader')).toHaveText(['Run 1', 'Run 2', 'Run 3']);
    await expect(tg64.getByRole('cell', { name: 'not counted' })).toHaveCount(1);
    await expect(page.getByRole('region', { name: 'tg8', exact: true })).toContainText(/\d ?tok\/s/);
    await expect(page.getByRole('region', { name: 'What to keep in mind' })).toContainText(
      /hidden|not visible/i,
    );
  },
);

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

/** Another tab comes to the front. */
async function cover(page: Page, context: BrowserContext): Promise<Page> {
  provoke('tab hidden while it measures');
  const other = await context.newPage();
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe('hidden');
  return other;
}

/** The engine gives the GPU nothing to do for some seconds. */
async function expectIdle(page: Page): Promise<void> {
  const worker = await engineWorker(page);
  await worker.evaluate(() => {
    const { submit } = GPUQueue.prototype;
    Object.assign(globalThis, { submits: 0 });
    GPUQueue.prototype.submit = function (buffers) {
      (globalThis as unknown as { submits: number }).submits += 1;
      return submit.call(this, buffers);
    };
  });
  const submits = () => worker.evaluate(() => (globalThis as unknown as { submits: number }).submits);
  const fresh = async () => {
    const before = await submits();
    await page.waitForTimeout(IDLE_MS);
    return (await submits()) - before;
  };
  await expect.poll(fresh, { timeout: 60_000 }).toBe(0);
}
