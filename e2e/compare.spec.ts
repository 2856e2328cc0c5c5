import type { Page } from '@playwright/test';
import { sampleResult } from '../src/bench/samples.ts';
import { writeLink } from '../src/share/link.ts';
import { expectGoodInEveryLook } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const FIELD = 'Links, or text with links in it';

test.use({ gpu: 'no-webgpu' });

test('a pasted thread with two links becomes a comparison, which is a link itself', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open('#/measure');
  await paste(page, await thread(app.url));
  const title = page.getByRole('heading', { name: '2 results compared' });
  await expect(title).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: '2 results found.' })).toContainText(
    'A link was left out: This link is damaged or cut short.',
  );
  const article = page.getByRole('article');
  await expect(article).toContainText('self-reported');
  await expect(page.getByRole('list', { name: 'Ratios of tg64' })).toHaveText(
    /B 0\.\d+ × A \(0\.\d+–0\.\d+\)/,
  );
  await expect(article).toContainText('Only the browser differs');
  const chart = page.getByRole('figure', { name: 'tg64' });
  await chart.getByText('As a table').click();
  await expect(chart.getByRole('row').nth(1)).toContainText(/A scripted.*tok\/s/);

  await expectGoodInEveryLook(page);

  await app.button('Copy link').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(title).toBeVisible();
});

test('what is no result is refused calmly, whatever it is', async ({ app, page }) => {
  await app.open('#/measure');
  const said = page.getByRole('status').filter({ hasText: 'found' });
  for (const text of [
    '',
    '<img src=x onerror="document.title=1"><script>document.title=1</script>',
    `${'#r=1.'.repeat(200_000)}`,
    Array.from({ length: 10_000 }, (_, at) => `#r=1.x${at}`).join('\n'),
  ]) {
    await paste(page, text);
    await expect(said).toContainText('No result was found in it.');
    await expect(page.getByRole('textbox', { name: FIELD })).toBeFocused();
  }
  await expect(said).toContainText('100 links were left out');
  await expect(page).toHaveTitle(/Results/);
  await paste(page, `alone ${writeLink(await sampleResult())}`);
  await expect(said).toContainText('paste another, or measure here first');
  await expect(page.getByRole('article')).toHaveCount(0);
});

test('a comparison whose link was cut says what is missing', async ({ app, page }) => {
  const token = encodeURIComponent(writeLink(await sampleResult()).slice(1));
  await app.open(`#/measure?compare=${token}~r%3D1.AAAA`);
  await expect(page.getByRole('main')).toContainText('One result of this comparison cannot be shown');
  await expect(page.getByRole('textbox', { name: FIELD })).toBeVisible();
});

/** The text is put there at once, as pasting does; typing megabytes takes Chromium minutes. */
async function paste(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: FIELD });
  await field.focus();
  await field.evaluate((element, value) => ((element as HTMLTextAreaElement).value = value), text);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

/** As people write: links in sentences, in markup, one of them broken. */
async function thread(url: string): Promise<string> {
  const mine = await sampleResult();
  const other = {
    ...(await sampleResult({ decodeMs: (run) => 25 + run / 10 })),
    browser: { name: 'Chromium', version: '157', os: 'Linux' },
  };
  return `On my laptop: ${url}${writeLink(mine)}.
<p>With the new one: <a href="${url}${writeLink(other)}">here</a></p> and ${url}#r=1.AAAA, which somebody cut.`;
}
