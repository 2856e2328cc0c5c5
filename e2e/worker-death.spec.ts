import type { Page, Worker } from '@playwright/test';
import { App } from './support/app.ts';
import { serveBroken, type Script } from './support/broken.ts';
import { expectKept, provoke } from './support/fault.ts';
import { engineWorker } from './support/gpu.ts';
import { expect, test } from './support/test.ts';

const STORY = 'Tell me a story about a brave fox.';

for (const [script, words] of [
  ['worker', 'so this page does not load the model once more by itself'],
  ['web-llm', 'so this page does not load the model once more by itself'],
] satisfies [Script, string][]) {
  test(`a ${script} that throws when it is imported is told, and the page goes on`, async ({
    page,
    complaints,
  }) => {
    complaints.expect(/broken on purpose/);
    const server = await serveBroken(script, 'throw new Error("broken on purpose")');
    const app = new App(page, server.url);
    await app.open();
    await app.button('Run the demo model').click();
    await app.expectFailure('worker-died');
    await expect(page.getByRole('alert')).toContainText(words);
    await page.getByRole('link', { name: 'Results' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Results');
    await server.stop();
  });
}

test('a worker that never answers is given up, and the page goes on', async ({ page }) => {
  const server = await serveBroken('worker', 'for (;;);');
  const app = new App(page, server.url);
  await page.clock.install();
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectSession('loading');
  await passUntil(page, async () => (await app.root().getAttribute('data-session')) === 'failed');
  await app.expectFailure('worker-died');
  await server.stop();
});

test('a worker that throws in the middle of an answer: what was written stays, and the model comes back', async ({
  app,
  page,
  complaints,
}) => {
  complaints.expect(/broken on purpose/);
  await app.open();
  await app.runDemo();
  await breakOff(app, await engineWorker(page), 'throw');
  await app.expectSession('ready');
  await app.button('Ask again').click();
  await expect(app.button('Stop')).toBeVisible();
  await app.expectSession('ready');
});

test('a worker that falls silent in the middle of a token is noticed within a minute or so', async ({
  app,
  page,
}) => {
  await page.clock.install();
  await app.open();
  await app.runDemo();
  await breakOff(app, await engineWorker(page), 'hang');
  await app.expectSession('ready');
  await app.button('Go on from here').click();
  await app.expectSession('ready');
});

test('Stop ends a worker that hangs within seconds', async ({ app, page }) => {
  await app.open();
  await app.runDemo();
  await breakOff(app, await engineWorker(page), 'hang', async () => {
    await app.button('Stop').click();
    await expect(app.log()).toContainText('The engine did not answer to Stop', { timeout: 20_000 });
  });
  await app.expectSession('ready');
});

test('a worker that ends itself while it is idle is noticed, and the model comes back', async ({
  app,
  page,
}) => {
  await app.open();
  await app.runDemo();
  const text = await app.log().innerText();
  const worker = await engineWorker(page);
  provoke('worker: ends itself');
  await worker.evaluate(() => self.close()).catch(() => undefined);
  await app.expectSession('loading', 30_000);
  await app.expectSession('ready');
  expectKept('the conversation', await app.log().innerText(), text);
});

/**
 * Lets the page's clock go on quickly until this is so; workers have clocks of their own.
 * @returns how many seconds of the page's it took
 */
async function passUntil(page: Page, isSo: () => Promise<boolean>): Promise<number> {
  let seconds = 0;
  while (!(await isSo())) {
    expect(seconds, 'seconds that passed for the page').toBeLessThan(300);
    await page.clock.runFor(1000);
    seconds += 1;
  }
  return seconds;
}

/** Asks for a story and, while it is told, makes the worker throw or hang. `then`: what somebody does about it. */
async function breakOff(
  app: App,
  worker: Worker,
  how: 'throw' | 'hang',
  then?: () => Promise<void>,
): Promise<void> {
  await app.ask(STORY);
  const live = app.page.locator('article[aria-busy=true]');
  await expect(live).toHaveText(/fox/i);
  const told = (await live.locator('p').nth(1).innerText()).slice(0, 20);
  provoke(`worker: ${how} in an answer`);
  await worker.evaluate(
    (deed) =>
      void setTimeout(() => {
        if (deed === 'throw') throw new Error('broken on purpose');
        for (;;);
      }),
    how,
  );
  await then?.();
  if (how === 'hang')
    expect(await passUntil(app.page, async () => (await live.count()) === 0)).toBeLessThan(80);
  await expect(live).toHaveCount(0);
  await expect(app.log()).toContainText('The answer broke off here.');
  expectKept('the partial answer', (await app.log().innerText()).includes(told), true);
}
