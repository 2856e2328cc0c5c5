import type { Page } from '@playwright/test';
import { countVisits, expect, expectKept, test, type Site } from './support/published.ts';

test.use({ trace: 'off' }); // see `countVisits`

test.describe('on a host that sets no headers', () => {
  test.use({ headers: 'none' });

  test('the first visit is isolated after one silent reload, the next one at once', async ({
    page,
    site,
  }) => {
    const visits = countVisits(page);
    await page.goto(site.url);
    await expect.poll(visits).toBe(2);
    expect(await isIsolated(page)).toBe(true);
    expect(await timerStepMs(page)).toBeLessThan(0.05);
    await page.reload();
    expect(await isIsolated(page)).toBe(true);
    await expectKept(page);
    expect(visits()).toBe(3);
  });

  test('what was typed before is not lost to a reload', async ({ app, page, site }) => {
    const visits = countVisits(page);
    const release = holdWorker(site);
    await app.open();
    const field = page.getByLabel('Model folder');
    await field.pressSequentially('https://huggingface.co/');
    release();
    await expectKept(page);
    await expect(field).toHaveValue('https://huggingface.co/');
    expect(visits()).toBe(1);
    expect(await isIsolated(page)).toBe(false);
  });

  test('where isolation cannot come, the page does not reload for ever', async ({ page, site }) => {
    await page.addInitScript(() => Object.defineProperty(window, 'crossOriginIsolated', { value: false }));
    const visits = countVisits(page);
    await page.goto(site.url);
    await expect.poll(visits).toBe(2);
    await expectKept(page);
    await page.reload();
    await expectKept(page);
    expect(visits()).toBe(3);
    // In a tab of its own it tries once more, and not again.
    const other = await page.context().newPage();
    await other.addInitScript(() => Object.defineProperty(window, 'crossOriginIsolated', { value: false }));
    const again = countVisits(other);
    await other.goto(site.url);
    await expect.poll(again).toBe(2);
    await expectKept(other);
    expect(again()).toBe(2);
  });
});

test('a host that sends the headers needs no reload', async ({ app, page }) => {
  const visits = countVisits(page);
  await app.open();
  await expectKept(page);
  expect(await isIsolated(page)).toBe(true);
  expect(visits()).toBe(1);
});

/** The service worker's script is not answered until the returned function is called. */
function holdWorker(site: Site): () => void {
  const gate = new AbortController();
  site.answer('/sw.js', (request, response) => {
    if (gate.signal.aborted) site.serve(request, response);
    else gate.signal.addEventListener('abort', () => site.serve(request, response));
  });
  return () => gate.abort();
}

function isIsolated(page: Page): Promise<boolean> {
  return page.evaluate(() => crossOriginIsolated);
}

/** The smallest step of the page's clock. */
function timerStepMs(page: Page): Promise<number> {
  return page.evaluate(() => {
    let least = Infinity;
    for (let i = 0, last = performance.now(); i < 200_000; i++) {
      const now = performance.now();
      if (now > last) least = Math.min(least, now - last);
      last = now;
    }
    return least;
  });
}
