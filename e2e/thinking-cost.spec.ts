import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parsePlan, presetPlan } from '../src/bench/plan.ts';
import type { Result, Run } from '../src/bench/result.ts';
import { sampleResult } from '../src/bench/samples.ts';
import { median } from '../src/bench/stats.ts';
import { writeLink } from '../src/share/link.ts';
import { browserFlags } from '../tools/browser.mjs';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible.ts';
import { expectMeasured, measureDemo } from './support/measuring.ts';
import { expect, test } from './support/test.ts';

const THINKING = { thoughtTokens: 212, endsAfter: 216 };

test('a model that thinks is measured until its answer, and a link says the same', async ({
  app,
  page,
  context,
  playwright,
  launchOptions,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open('#/measure?plan=quick&variant=demo-thinks-q4f32_1');
  await expect(page.getByRole('radio', { name: /Quick .*chat64.*; think1024, one run/ })).toBeChecked();
  await app.open('#/measure?plan=tg8_think256_w1_r3-3&variant=demo-thinks-q4f32_1');
  await app.button('Download, load and measure').click();
  await expectMeasured(app);

  const runs = (await savedRecord(page)).cases.at(-1)!.runs.filter(({ warmup }) => !warmup);
  expect(runs).toHaveLength(3);
  for (const run of runs) expectSound(run);
  const told = await readThinking(page);
  expect(told.tokens).toBe(median(runs.map(({ thought }) => thought!.tokens)));
  const answerMs = median(runs.map(({ thought }) => thought!.answerMs!));
  expect(Math.abs(1000 * told.seconds - answerMs)).toBeLessThan(0.05 * answerMs);
  await expectAccessible(page);

  await app.button('Copy link').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const profile = await mkdtemp(join(tmpdir(), 'runs-here-'));
  const other = await playwright.chromium.launchPersistentContext(profile, {
    ...launchOptions,
    args: browserFlags('no-adapter'),
  });
  const there = other.pages()[0]!;
  await there.goto(link);
  const seen = await readThinking(there);
  expect(seen.tokens).toBe(told.tokens);
  // A link keeps times in coarser steps, so an interval on the edge may grant one digit less.
  expect(Math.abs(seen.seconds - told.seconds)).toBeLessThan(0.05 * told.seconds);
  await other.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** The answer begins after the first token and before the end, with the token that follows the thoughts. */
function expectSound({ invalid, worker, thought }: Run): void {
  expect(invalid).toBeNull();
  const { tokensMs, endMs } = worker!;
  expect(thought!.tokens).toBeGreaterThan(2);
  expect(thought!.answerMs).toBe(tokensMs[thought!.tokens]);
  expect(thought!.answerMs).toBeGreaterThan(tokensMs[0]!);
  expect(thought!.answerMs).toBeLessThanOrEqual(endMs);
}

async function savedRecord(page: Page): Promise<Result> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSON', exact: true }).click();
  return JSON.parse(await readFile(await (await download).path(), 'utf8')) as Result;
}

async function readThinking(page: Page): Promise<{ tokens: number; seconds: number }> {
  const line = await page
    .getByText(/^Thinks first: /)
    .first()
    .innerText();
  const [, tokens, seconds] = /: ([\d,]+) tokens.*?, ([\d.]+) s before the answer begins/.exec(line) ?? [];
  return { tokens: Number(tokens?.replace(',', '')), seconds: Number(seconds) };
}

test('a model that does not think is asked all the same by an own plan, and the row says so', async ({
  app,
  page,
}) => {
  await measureDemo(app, 'think32_w0_r1-1');
  const row = page.getByRole('region', { name: 'think32', exact: true });
  await expect(row).toContainText('It did not think here.');
  await expect(row).toContainText(/[\d.]+\s*tok\/s/);
});

test.describe('a report of a model that thinks', () => {
  test.use({ gpu: 'no-webgpu' });

  test('says when the answer begins, and what that is a click away', async ({ app, page }) => {
    await page.goto(app.url + writeLink(await sampleResult(THINKING, presetPlan('standard', true))));
    await expect(page.getByRole('article')).toContainText(
      /Thinks first: 212 tokens, 4\.\d+ s before the answer/,
    );
    await page.getByRole('button', { name: 'What is timed' }).click();
    await expect(page.getByRole('dialog', { name: 'First answer token' })).toContainText('t(request)');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    const row = page.getByRole('region', { name: 'think1024', exact: true });
    await row.getByText('All figures, clock by clock').click();
    await expect(row.getByRole('row', { name: /Thought before it\s+212/ })).toBeVisible();
  });

  test('sets two of them beside each other', async ({ app, page }) => {
    const plan = parsePlan('think1024_w0_r3-3')!;
    const results = [
      await sampleResult(THINKING, plan),
      await sampleResult({ ...THINKING, endsAfter: 9 }, plan),
    ];
    const tokens = results.map((result) => writeLink(result).slice(1)).join('~');
    await page.goto(`${app.url}#/measure?compare=${encodeURIComponent(tokens)}`);
    await expect(page.getByRole('list', { name: 'Thinking in think1024' }).getByRole('listitem')).toHaveText([
      /^A Thinks first: 212 tokens/,
      /^B It stopped without an answer after 9 tokens\.$/,
    ]);
  });

  for (const width of [360, 1280])
    for (const colorScheme of ['light', 'dark'] as const)
      test(`passes axe and fits at ${width} pixels, ${colorScheme}`, async ({ app, page }) => {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.goto(app.url + writeLink(await sampleResult(THINKING, presetPlan('quick', true))));
        await expect(page.getByRole('article')).toContainText('Thinks first');
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      });
});
