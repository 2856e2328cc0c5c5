import { expect, test } from './support/test.ts';

for (const { gpu, what, words } of [
  { gpu: 'no-webgpu', what: 'a browser without WebGPU', words: /WebGPU/ },
  { gpu: 'no-adapter', what: 'a browser that finds no GPU', words: /adapter|GPU/ },
] as const) {
  test.describe(what, () => {
    test.use({ gpu });

    test('is told so, and what would work instead', async ({ app, page }) => {
      await app.open();
      const main = page.getByRole('main');
      await expect(main).toContainText(words);
      await expect(main).toContainText(/Chrome|Edge|Safari|Firefox|driver|settings/);
    });

    test('still shows the catalogue, and offers no run that cannot work', async ({ app, page }) => {
      await app.open();
      await expect(page.getByRole('main')).toContainText(/Qwen/);
      await expect(page.getByRole('main')).toContainText(/Gemma/);
      const run = app.button('Run the demo model');
      if ((await run.count()) > 0) await expect(run).toBeDisabled();
    });
  });
}
