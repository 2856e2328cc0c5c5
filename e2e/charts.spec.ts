import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

/** Short cases, for a GPU that is software. */
const PLAN = 'pp16_tg16_tg16-d32_tg16-d64_w1_r2-2';

test('a sweep is drawn over depth, token by token, and every figure is a click from its definition', async ({
  app,
  page,
}) => {
  await app.open(`#/measure?plan=${PLAN}&variant=demo-q4f32_1`);
  await app.button('Download, load and measure').click();
  await expect(app.root()).toHaveAttribute('data-bench', 'done', { timeout: 240_000 });
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('software, not a GPU');

  const sweep = page.getByRole('figure', { name: 'Decode over context depth' });
  await expectDrawn(sweep);
  await expect(sweep).toContainText(/tg16 is .* (slower|faster) behind 64 tokens than behind 0\./);
  await sweep.getByRole('slider').focus();
  await page.keyboard.press('End');
  await expect(sweep).toContainText(/KV depth 64: tg16 [\d.]+ tok\/s/);
  await sweep.getByText('As a table').click();
  await expect(sweep.getByRole('row')).toHaveText([/KV depth/, /^0/, /^32/, /^64/]);

  const decode = page.getByRole('region', { name: 'tg16', exact: true });
  await decode.getByText('Token by token').click();
  await expectDrawn(decode.getByRole('figure', { name: 'Gaps between the tokens of run 1' }));
  await expectDrawn(decode.getByRole('figure', { name: 'All gaps of all runs' }));
  await expectFigures(decode);

  for (const width of [360, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectDrawn(sweep);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }

  await page.getByText('How long loading took').click();
  await expect(page.getByRole('row', { name: /Download [\d.]+ m?s/ })).toBeVisible();
  await expectJsonLines(page);
});

/** By keyboard: the definition of a figure opens, says whose it is, and closes again. */
async function expectFigures(decode: Locator): Promise<void> {
  const page = decode.page();
  await decode.getByText('All figures, clock by clock').click();
  await expect(decode.getByRole('columnheader', { name: 'Beside the GPU' })).toBeVisible();
  await expect(decode.getByRole('row', { name: /^TPOT [\d.]+ ?ms/ })).toBeVisible();
  await decode.getByRole('button', { name: 'ITL p95' }).focus();
  await page.keyboard.press('Enter');
  const definition = decode.locator(':popover-open');
  await expect(definition).toContainText('Inter-token latency');
  await expect(definition.getByRole('link')).toHaveText(/vLLM/);
  await page.keyboard.press('Escape');
  await expect(definition).toHaveCount(0);
}

/** Something other than the paper is on the canvas, and it is as wide as its figure. */
async function expectDrawn(figure: Locator): Promise<void> {
  await figure.scrollIntoViewIfNeeded();
  const canvas = figure.locator('canvas');
  await expect(canvas).toBeVisible();
  const inked = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const { width, height } = element;
      const data = element.getContext('2d')!.getImageData(0, 0, width, height).data;
      return data.filter((value, at) => at % 4 === 3 && value > 0).length / (width * height);
    });
  await expect.poll(inked).toBeGreaterThan(0.01);
  const room = async () => {
    const [outer, inner] = await Promise.all([figure.boundingBox(), canvas.boundingBox()]);
    return Math.abs(outer!.width - inner!.width);
  };
  await expect.poll(room).toBeLessThan(2);
}

async function expectJsonLines(page: Page): Promise<void> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSONL', exact: true }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ model_filename: 'demo-q4f32_1' });
}
