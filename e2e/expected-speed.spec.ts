import { expect, test } from './support/test.ts';

test('the memory of the GPU tells the speeds to expect before any download, and a measured model its own', async ({
  app,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await app.open();
  const models = page.getByRole('region', { name: 'Models' });
  await expect(models).not.toContainText('tok/s');
  await app.button('Predict the speeds').click();
  const qwen = models.getByRole('listitem').filter({ hasText: 'Qwen 3.5 2B' });
  await expect(qwen).toContainText(/[\d.]+–[\d.]+\s*tok\/s to expect/, { timeout: 60_000 });
  await expect(models).toContainText('The range narrows with every model that is measured here.');
  expect(asked.filter((url) => /web-llm|resolve/.test(url))).toEqual([]);

  await app.open('#/measure?plan=pp16_tg8_w0_r1-1&variant=demo-q4f32_1');
  await app.button('Download, load and measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'done', { timeout: 240_000 });
  await page.goto(app.url);
  await page.reload();
  await expect(qwen).toContainText('to expect');
  await expect(models.getByRole('listitem').filter({ hasText: 'Demo model' })).toContainText(
    /[\d.]+\s*tok\/s measured here/,
  );
});
