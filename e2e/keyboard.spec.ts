import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

/** More than any page has stops. */
const MOST_STOPS = 80;

test('from the first visit to an answer with the keyboard alone', async ({ app, page }) => {
  await app.open();
  await tabTo(page, 'Run the demo model');
  await page.keyboard.press('Enter');
  await app.expectAnswer();

  await tabTo(page, 'Message');
  await page.keyboard.type('What is a token?');
  await page.keyboard.press('Enter');
  await app.expectSession('busy', 30_000);
  await app.expectSession('ready');
  await expect(app.log()).toContainText('What is a token?');

  await page.keyboard.type('Tell me a story about a brave fox.');
  await page.keyboard.press('Enter');
  await expect(app.figure('Tokens')).toHaveText(/[1-9]/);
  await tabTo(page, 'Stop');
  await page.keyboard.press('Enter');
  await app.expectSession('ready', 30_000);
});

/** Presses Tab until the control of that name has the focus, which must then be visible. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page.getByRole(name === 'Message' ? 'textbox' : 'button', { name, exact: true });
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await isFocused()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No way to ${name} with the Tab key.`);

  async function isFocused(): Promise<boolean> {
    if ((await target.count()) === 0) return false;
    return target.first().evaluate((element) => element === document.activeElement);
  }
}
