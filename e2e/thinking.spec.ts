import type { Locator } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import type { App } from './support/app.ts';
import { expectKept } from './support/published.ts';
import { expect, test } from './support/test.ts';

const MODEL = 'Thinking demo';
const COST = /^Thought for [\d.]+\s*m?s, \d+ tokens$/;
const ANSWER_MS = 120_000;

test('a model that thinks answers behind a folded thought, and still does without a network', async ({
  app,
  page,
  context,
  server,
}) => {
  await app.open();
  await app.button(`Load ${MODEL}`).click();
  await app.expectSession('ready');
  await expectThought(app, 'Does my text leave my device?', /[Yy]our (text|device)/);
  await expectAccessible(page);
  await expectThought(app, 'What can you do?', /stories/);

  await expectKept(page);
  await server.stop();
  await context.setOffline(true);
  await page.reload();
  await expect(thoughts(app)).toHaveCount(2);
  await page.getByRole('link', { name: 'Choose another model' }).click();
  await app.button(`Load ${MODEL}`).click();
  await app.expectSession('ready');
  await expectThought(app, 'Who are you?', /model|parameters/);
});

/** Asks, and sees the thought folded, what it holds when it is opened, and the answer apart from it. */
async function expectThought(app: App, question: string, answer: RegExp): Promise<void> {
  const before = await thoughts(app).count();
  await app.ask(question);
  await expect(thoughts(app)).toHaveCount(before + 1, { timeout: ANSWER_MS });
  await app.expectSession('ready');
  const said = app.log().getByRole('article').last();
  const thought = said.getByRole('group');
  const text = thought.locator('p');
  await expect(text).toBeHidden();
  await thought.getByText(COST).click();
  await expect(text).toHaveText(/\w+ \w+ \w+.*\.$/);
  await expect(said).not.toContainText(/<\/?think/);
  await thought.getByText(COST).click();
  await expect(said.locator('> div')).toHaveText(answer);
}

function thoughts(app: App): Locator {
  return app.log().getByText(COST);
}
