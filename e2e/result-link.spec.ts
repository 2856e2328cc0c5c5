import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from '@playwright/test';
import { QUICK } from '../src/bench/plan.ts';
import { sampleResult } from '../src/bench/samples.ts';
import { writeLink } from '../src/share/link.ts';
import { noteShown, pageScripts, whenShown } from '../tools/shown.mjs';
import { expectAccessible } from './support/accessible.ts';
import { kept } from './support/kept.ts';
import { expect, test } from './support/test.ts';

/** What somebody without a GPU, and without a connection, can do with a link. */
test.describe('a link without WebGPU', () => {
  test.use({ gpu: 'no-webgpu' });

  test('shows the report, asks for no model, and keeps nothing', async ({ app, page, context }) => {
    const asked = requests(context);
    await app.open();
    await page.waitForTimeout(1500);
    const before = await kept(page);
    await page.goto(app.url + writeLink(await sampleResult()));
    await expectReport(page);
    await expect(page.getByRole('main')).toContainText('Self-reported');
    await page.waitForTimeout(1000);
    expect(await kept(page)).toEqual(before);
    expect(asked.filter((url) => /models\/|huggingface|\.wasm/.test(url))).toEqual([]);

    await page.getByRole('link', { name: 'Run this here' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Results');
    expect(page.url()).toContain('plan=measure');
    await app.expectSession('absent');
  });

  test('shows the report after at most 60 kB of script, packed with gzip, and without the engine', async ({
    app,
    page,
    context,
  }) => {
    const asked = requests(context);
    const scripts = new Map<string, Promise<Buffer>>();
    context.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
    });
    await page.addInitScript(noteShown, '#report-title');
    await page.goto(app.url + writeLink(await sampleResult()));
    await expectReport(page);
    const shown = await page.evaluate(whenShown);
    const needed = pageScripts(shown!.asked).flatMap((url) => scripts.get(url) ?? []);
    const bytes = (await Promise.all(needed)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    console.log(`script for a report from a link: ${(bytes / 1000).toFixed(1)} kB in ${needed.length} files`);
    expect(needed.length).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(60_000);
    expect(asked.filter((url) => /\/web-llm-/.test(url))).toEqual([]);
  });

  test('that contradicts itself says where', async ({ app, page }) => {
    const result = await sampleResult({}, QUICK);
    const model = { ...result.model, bytesPerToken: 2e9 };
    const odd = { ...result, model, bandwidth: { bytesPerS: 1e10, submitMs: 0.1 } };
    await page.goto(app.url + writeLink(odd));
    const doubts = page.getByRole('region', { name: 'This result contradicts itself' });
    await expect(doubts.getByRole('listitem')).toHaveText([
      /would need .* of the memory bandwidth/,
      /all runs took the very same time/,
    ]);
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('No speed for scripted');
    await expectAccessible(page);
  });

  test('works with the server gone', async ({ app, page, server }) => {
    await app.open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForTimeout(3000);
    await server.stop();
    await page.goto(app.url + writeLink(await sampleResult()));
    await page.reload();
    await expectReport(page);
    await page.getByRole('button', { name: 'Image…' }).click();
    await expect(page.getByRole('img', { name: /scripted ran at/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Feel it' }).click();
    await expect(page.getByRole('region', { name: 'Feel it' })).toBeVisible();

    const results = [await sampleResult(), await sampleResult({ decodeMs: () => 30 })];
    const tokens = results.map((result) => writeLink(result).slice(1)).join('~');
    await page.goto(`${app.url}#/measure?compare=${encodeURIComponent(tokens)}`);
    await page.reload();
    await expect(page.getByRole('heading', { name: '2 results compared' })).toBeVisible();
  });

  test('that is bad gets one sentence, and the page works on', async ({ app, page }) => {
    const good = writeLink(await sampleResult());
    const bad: [string, RegExp][] = [
      ['#r=1.', /damaged/],
      [good.slice(0, -5), /damaged/],
      [`${good.slice(0, 30)}${good[30] === 'A' ? 'B' : 'A'}${good.slice(31)}`, /damaged/],
      ['#r=9.AAAA', /another version/],
      [`#r=1.${'A'.repeat(5000)}`, /too long/],
      ['#r=__proto__', /damaged/],
      ['#r=1.<img src=x onerror=alert(1)>', /damaged/],
      ['#r=%E2%80%AE%00', /damaged/],
    ];
    await app.open();
    for (const [address, words] of bad) {
      await page.evaluate((hash) => (location.hash = hash), address);
      await expect(page.getByRole('alert')).toHaveText(words);
      await expect(page.getByRole('heading', { level: 2 })).toHaveCount(0);
    }
    await expectAccessible(page);
    await page.evaluate((hash) => (location.hash = hash), good);
    await expectReport(page);
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    await expect(page.getByRole('main')).toContainText(/Qwen/);
  });
});

async function expectReport(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/scripted ran at 50\.0 ?tok\/s/);
  await expect(page.getByRole('main')).toContainText('Conditions');
}

/** Addresses asked for from now on. */
function requests(context: BrowserContext): string[] {
  const urls: string[] = [];
  context.on('request', (request) => urls.push(request.url()));
  return urls;
}
