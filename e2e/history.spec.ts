import type { Page } from '@playwright/test';
import type { Result } from '../src/bench/result.ts';
import { OPTIONS, PLACE, sampleResult } from '../src/bench/samples.ts';
import { expectGoodInEveryLook } from './support/accessible.ts';
import { remember } from './support/kept.ts';
import { expect, test } from './support/test.ts';

/** What is kept is looked at without a GPU. */
test.use({ gpu: 'no-webgpu' });

test('a machine that became slower says so, since when and with what; results are compared, deleted, and come back', async ({
  app,
  page,
}) => {
  await app.open('#/measure');
  const entries = (await machineOverTime()).map((result, at) => ({ id: `seeded-${at}`, result }));
  await remember(page, { history: entries });
  await page.reload();
  const chart = page.getByRole('figure', { name: 'scripted, tg64, on this machine' });
  await expect(chart).toContainText(
    'tg64 is 33 % slower than your median since Chromium 157 on Nov 20; what is slower is ringed.',
  );
  await chart.getByText('As a table').click();
  const slower = chart.getByRole('row').filter({ hasText: 'slower than usual' });
  await expect(slower).toHaveCount(2);
  const list = page.getByRole('region', { name: 'On this device' });
  const rows = list.getByRole('link', { name: /^scripted/ });
  await expect(rows).toHaveCount(6);
  await expect(rows.nth(1)).toContainText(
    'tg64 33 % slower than before, with Chromium 157 instead of Chromium 156',
  );
  await page.getByLabel('Over time:').selectOption('pp128');
  await expect(page.getByRole('figure', { name: 'scripted, pp128, on this machine' })).toContainText(
    'The newest pp128 is as fast as your median before it.',
  );
  await expectGoodInEveryLook(page);
  await deleteAndUndo(page);

  const boxes = page.getByRole('checkbox');
  await boxes.nth(1).check();
  await boxes.nth(2).check();
  await page.getByRole('link', { name: 'Compare 2 results' }).click();
  await expect(page.getByRole('heading', { name: '2 results compared' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Ratios of tg64' })).toHaveText(/B 1\.5.* × A/);
  await expectGoodInEveryLook(page);
});

async function deleteAndUndo(page: Page): Promise<void> {
  const rows = page.getByRole('region', { name: 'On this device' }).getByRole('link', { name: /^scripted/ });
  await rows.last().click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(rows).toHaveCount(5);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(6);
  await page.reload();
  await expect(rows).toHaveCount(6);
}

/** Four results of one speed, then two slower ones after an update of the browser; the newest first. */
function machineOverTime(): Promise<Result[]> {
  const days = [21, 20, 18, 17, 16, 15];
  return Promise.all(
    days.map((day) => {
      const isLater = day >= 20;
      const browser = { ...PLACE.browser, version: isLater ? '157' : '156' };
      return sampleResult({ decodeMs: () => (isLater ? 30 : 20) }, undefined, {
        ...OPTIONS,
        place: { ...PLACE, browser },
        startedUtc: `2026-11-${day}T12:00:00Z`,
      });
    }),
  );
}
