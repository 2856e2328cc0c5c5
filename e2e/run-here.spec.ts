import type { BrowserContext, Page } from '@playwright/test';
import { QUICK } from '../src/bench/plan.ts';
import { sampleResult } from '../src/bench/samples.ts';
import { writeLink } from '../src/share/link.ts';
import type { App } from './support/app.ts';
import { kept } from './support/kept.ts';
import { expect, test } from './support/test.ts';

/** From somebody's result to measuring the same here: it is prepared, and waits for a click. */
async function runHere(app: App, page: Page, variant: string, quantization: string): Promise<void> {
  const result = await sampleResult({}, QUICK);
  await app.open(writeLink({ ...result, model: { ...result.model, variant, quantization } }));
  await page.getByRole('link', { name: 'Run this here' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Results' })).toBeVisible();
}

function requests(context: BrowserContext): string[] {
  const urls: string[] = [];
  context.on('request', (request) => urls.push(request.url()));
  return urls;
}

function expectNoModel(urls: string[]): void {
  expect(urls.filter((url) => /resolve\/|huggingface|githubusercontent|\.wasm/.test(url))).toEqual([]);
}

test('the same model and plan are prepared, and nothing is fetched or kept before a click', async ({
  app,
  page,
  context,
}) => {
  const asked = requests(context);
  await app.open();
  await expect(app.button('Run the demo model')).toBeEnabled();
  await page.waitForLoadState('networkidle');
  const before = await kept(page);
  await runHere(app, page, 'demo-q4f32_1', 'q4f32_1');
  await expect(page.getByRole('radio', { name: /^Quick/ })).toBeChecked();
  await expect(page.getByRole('button', { name: /^Download/ })).toBeEnabled();
  await app.expectSession('absent');
  expectNoModel(asked);
  expect(await kept(page)).toBe(before);
});

test('of a model that needs 16-bit floats another variant is offered, and the page says so', async ({
  app,
  page,
  context,
}) => {
  const asked = requests(context);
  await runHere(app, page, 'Qwen3-0.6B-q4f16_1-MLC', 'q4f16_1');
  await expect(page.getByRole('main')).toContainText(
    'This GPU cannot run Qwen3-0.6B-q4f16_1-MLC, so Qwen3-0.6B-q4f32_1-MLC is measured. Compare with care.',
  );
  expectNoModel(asked);
});

test('a model that the page does not know is named, with what can be done', async ({
  app,
  page,
  context,
}) => {
  const asked = requests(context);
  await runHere(app, page, 'somebodys-own-model', 'q4f32_1');
  await expect(page.getByRole('main')).toContainText('This page knows no model somebodys-own-model.');
  await expect(page.getByRole('button', { name: /^Download/ })).toHaveCount(0);
  expectNoModel(asked);
});
