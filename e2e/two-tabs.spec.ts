import { expectAccessible } from './support/accessible.ts';
import { App } from './support/app.ts';
import { engineWorker } from './support/gpu.ts';
import { expect, test } from './support/test.ts';

const TITLE = 'Demo model is on the GPU in another tab';

test('the second tab is told of the first one’s model before it loads, and takes over', async ({
  app,
  context,
}) => {
  await app.open();
  await app.runDemo();
  const text = await app.log().innerText();
  const second = new App(await context.newPage(), app.url);
  await second.open();
  await second.button('Run the demo model').click();
  await expect(second.page.getByRole('heading', { name: TITLE })).toBeVisible();
  await second.expectSession('absent');
  await expectAccessible(second.page);
  await second.button('Take over').click();
  await app.expectSession('absent');
  await second.expectSession('ready');

  await expect(
    app.page.getByText('Demo model was unloaded here: another tab took over the GPU.'),
  ).toBeVisible();
  expect(await app.log().innerText()).toBe(text);
  await app.button('Load it again').click();
  await expect(app.page.getByRole('heading', { name: TITLE })).toBeVisible();
  await second.expectSession('ready');
  await second.page.close();
  await app.expectSession('ready');
});

test('a tab that is busy keeps the GPU and says so; the other may load anyway, or not', async ({
  app,
  context,
}) => {
  await app.open();
  await app.runDemo();
  const second = new App(await context.newPage(), app.url);
  await second.open();
  await second.button('Run the demo model').click();
  await expect(second.page.getByRole('heading', { name: TITLE })).toBeVisible();
  await app.ask('Tell me a story about a brave fox.');
  await app.expectSession('busy');
  // So that the answer takes as long as this test does.
  const worker = await engineWorker(app.page);
  await worker.evaluate(() => {
    const { submit } = GPUQueue.prototype;
    GPUQueue.prototype.submit = function (buffers) {
      for (const end = performance.now() + 100; performance.now() < end;);
      return submit.call(this, buffers);
    };
  });
  await second.button('Take over').click();
  await expect(second.page.getByRole('status').filter({ hasText: 'It is busy there.' })).toBeVisible();
  await app.expectSession('busy');
  await second.button('Not now').click();
  await second.expectSession('absent');
  await expect(second.page.getByRole('heading', { name: TITLE })).toHaveCount(0);

  await second.button('Run the demo model').click();
  await second.button('Load anyway').click();
  await second.expectSession('ready');
  await app.button('Stop').click();
  await app.expectSession('ready');
});
