import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import jsQR from 'jsqr';
import { sampleResult } from '../src/bench/samples.ts';
import { writeLink } from '../src/share/link.ts';
import { expectGoodInEveryLook } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

test.use({ gpu: 'no-webgpu' });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a result becomes a picture that is saved and copied, and its code holds the link', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const link = app.url + writeLink(await sampleResult());
  await page.goto(link);
  await button(page, 'Image…').click();
  const picture = page.getByRole('img', { name: /scripted ran at 50\.0 tok\/s/ });
  await expect(picture).toBeVisible();
  const { pixels, width, height } = await pixelsOf(page);
  expect([width, height]).toEqual([1200, 630]);
  expect(jsQR(pixels, width, height)?.data).toBe(link);

  const download = page.waitForEvent('download');
  await button(page, 'Save image').click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('runs-here-scripted-202611221200.png');
  expect((await readFile(await saved.path())).subarray(1, 4).toString()).toBe('PNG');

  await button(page, 'Copy image').click();
  await expect(page.getByRole('dialog')).toContainText('The image is copied.');
  const types = await page.evaluate(async () => (await navigator.clipboard.read())[0]!.types);
  expect(types).toEqual(['image/png']);
  await button(page, 'Done').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button(page, 'Image…')).toBeFocused();
});

test('the code alone is shown large, for a phone', async ({ app, page }) => {
  const link = app.url + writeLink(await sampleResult());
  await page.goto(link);
  await button(page, 'QR code').click();
  await expect(page.getByRole('img', { name: 'QR code of this result’s link' })).toBeVisible();
  const { pixels, width, height } = await pixelsOf(page);
  expect(width).toBeGreaterThan(500);
  expect(jsQR(pixels, width, height)?.data).toBe(link);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a phone hands the picture on as a file', async ({ app, page, context }) => {
  await context.addInitScript(() => {
    const sent: unknown[] = [];
    Object.assign(window, { sent });
    Object.assign(navigator, {
      canShare: () => true,
      share: async (data: ShareData) =>
        void sent.push([data.text, data.files?.map(({ name, type }) => [name, type])]),
    });
  });
  await page.goto(app.url + writeLink(await sampleResult()));
  await button(page, 'Image…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Share…' }).click();
  const sent = await page.evaluate(() => (window as unknown as { sent: unknown[] }).sent);
  expect(sent).toEqual([
    [expect.stringMatching(/50\.0 tok\/s .*#r=\d\./), [['runs-here-scripted-202611221200.png', 'image/png']]],
  ]);
});

test('where the clipboard is refused, the text is there to copy by hand', async ({ app, page, context }) => {
  await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'));
  const link = app.url + writeLink(await sampleResult());
  await page.goto(link);
  await button(page, 'Copy link').click();
  const field = page.getByRole('textbox', { name: 'Text to copy' });
  await expect(field).toHaveValue(link);
  await expect(field).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(link);
  await button(page, 'Done').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await button(page, 'Image…').click();
  await button(page, 'Copy image').click();
  await expect(page.getByRole('dialog')).toContainText('Save it instead.');
});

test('both dialogs pass axe and fit, in both themes, on a phone and on a desktop', async ({ app, page }) => {
  await page.goto(app.url + writeLink(await sampleResult()));
  for (const name of ['Image…', 'QR code']) {
    await button(page, name).click();
    await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
    await expectGoodInEveryLook(page);
    await button(page, 'Done').click();
  }
});

interface Pixels {
  pixels: Uint8ClampedArray;
  width: number;
  height: number;
}

/** The picture in the open dialog, as it came out of the canvas. */
async function pixelsOf(page: Page): Promise<Pixels> {
  const { url, width, height } = await page.evaluate(async () => {
    const image = document.querySelector<HTMLImageElement>('dialog[open] img')!;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    // A data URL is the quickest way for megabytes through the debugger.
    const reader = new FileReader();
    await new Promise((done) => {
      reader.addEventListener('load', done);
      reader.readAsDataURL(new Blob([data]));
    });
    return { url: reader.result as string, width: canvas.width, height: canvas.height };
  });
  const pixels = new Uint8ClampedArray(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  return { pixels, width, height };
}
