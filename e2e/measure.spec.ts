import { expect, test } from './support/test.ts';

test('Measure shows medians of several runs', async ({ app, page }) => {
  test.setTimeout(600_000);
  await app.open();
  await app.runDemo();
  await app.button('Measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'running');
  await expect(app.root()).toHaveAttribute('data-bench', 'done', { timeout: 480_000 });

  const main = page.getByRole('main');
  await expect(main).toContainText(/median/i);
  await expect(main).toContainText(/decode/i);
  await expect(main).toContainText(/\d+([.,]\d+)?\s*tok\/s/);
  await app.expectSession('ready');
});

test('a measurement can be cancelled, and the model stays ready', async ({ app }) => {
  await app.open();
  await app.runDemo();
  await app.button('Measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'running');
  await app.button('Cancel').click();
  await expect(app.root()).not.toHaveAttribute('data-bench', 'running');
  await app.expectSession('ready');
});
