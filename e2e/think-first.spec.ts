import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible.ts';
import type { App } from './support/app.ts';
import { expect, test } from './support/test.ts';

const MODEL = 'Thinking demo';
const QUESTION = 'What is a token?';
/** A turn that reads only what is new reads no more than this; the whole chat is longer. */
const ONE_TURN_TOKENS = 40;

test('told not to think first, a model answers sooner, and thinks again when told to', async ({
  app,
  page,
}) => {
  await openThinker(app);
  await expect(thinkFirst(page)).toBeChecked();
  await app.ask(QUESTION);
  await expect(app.log().getByText(/^Thinking…/)).toBeVisible();
  await app.expectSession('ready');
  const thoughtMs = lastingMs(await thoughts(app).innerText());
  const slowMs = lastingMs(await app.figure('TTFT').innerText()) + thoughtMs;

  await app.button('New chat').click();
  await thinkFirst(page).uncheck();
  await expect(page.getByText('Answers at once, often worse')).toBeVisible();
  await expectAccessible(page);
  await app.ask(QUESTION);
  await app.expectAnswer();
  await expect(thoughts(app)).toHaveCount(0);
  await expect(app.log()).not.toContainText('think>');
  expect(lastingMs(await app.figure('TTFT').innerText()), 'to the first word of the answer').toBeLessThan(
    slowMs,
  );

  await thinkFirst(page).check();
  await app.ask(QUESTION);
  await expect(thoughts(app)).toHaveCount(1);
});

test('a second turn goes on in either manner, and without thoughts it reads only what is new', async ({
  app,
  page,
}) => {
  await openThinker(app);
  await page.getByText('Engine’s own figures').click();
  for (const [index, question] of ['Hello!', QUESTION].entries()) {
    await app.ask(question);
    await expect(thoughts(app)).toHaveCount(index + 1);
    await app.expectSession('ready');
  }
  await thinkFirst(page).uncheck();
  for (const question of [QUESTION, 'Hello!']) {
    await app.ask(question);
    await app.expectSession('ready');
    await expect(app.log().getByRole('article').last()).toHaveText(/(\w+ ){3}/);
  }
  await expect(thoughts(app)).toHaveCount(2);
  expect(await promptTokens(page)).toBeLessThan(ONE_TURN_TOKENS);
  await thinkFirst(page).check();
  await app.ask(QUESTION);
  await app.expectSession('ready');
  await expect(thoughts(app)).toHaveCount(3);
  expect(await promptTokens(page), 'all of it, for thoughts are left out').toBeGreaterThan(ONE_TURN_TOKENS);
});

test('the switch and how long a thought took are there again after a reload, also by keyboard at 360 px', async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openThinker(app);
  await app.ask('Hello!');
  await expect(thoughts(app)).toHaveCount(1);
  await app.expectSession('ready');
  const told = await thoughts(app).innerText();
  await app.message().focus();
  await page.keyboard.type('x');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(thinkFirst(page)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(thinkFirst(page)).not.toBeChecked();
  await expectNoSidewaysScroll(page);

  await page.reload();
  await expect(thoughts(app)).toHaveText(told);
  await app.open();
  await app.button(`Load ${MODEL}`).click();
  await app.expectSession('ready');
  await expect(thinkFirst(page)).not.toBeChecked();
  await expectAccessible(page);
});

test('a model that does not think has no such switch', async ({ app, page }) => {
  await app.open();
  await app.runDemo();
  await expect(app.message()).toBeVisible();
  await expect(thinkFirst(page)).toHaveCount(0);
});

async function openThinker(app: App): Promise<void> {
  await app.open();
  await app.button(`Load ${MODEL}`).click();
  await app.expectSession('ready');
}

function thinkFirst(page: Page): Locator {
  return page.getByRole('checkbox', { name: 'Think first' });
}

/** What finished thoughts are folded under. */
function thoughts(app: App): Locator {
  return app.log().getByText(/^Thought for [\d.]+ m?s, \d+ tokens?$/);
}

/** The first time in a text, such as 380 ms or 1.20 s. */
function lastingMs(text: string): number {
  const [, value, unit] = /([\d.]+)\s*(m?s)\b/.exec(text) ?? [];
  return Number(value) * (unit === 's' ? 1000 : 1);
}

/** What was read for the latest answer, by the engine's own count. */
async function promptTokens(page: Page): Promise<number> {
  const entry = page
    .getByRole('complementary', { name: 'Instruments' })
    .locator('dt', { hasText: 'prompt_tokens' });
  return Number(await entry.locator('xpath=following-sibling::dd[1]').innerText());
}
