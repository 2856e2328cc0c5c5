import { expectAccessible } from './support/accessible.ts';
import { expectKept } from './support/fault.ts';
import { destroyDevice, destroyOnNextSubmit, hookGpu } from './support/gpu.ts';
import { kill } from './support/process.ts';
import { expect, test } from './support/test.ts';
import type { App } from './support/app.ts';
import { expectMeasured, measureUntil, measuring } from './support/measuring.ts';

const STORY = 'Tell me a story about a brave fox.';
const DOWN = 30_000;
/** The engine's runtime says on the console what the page says in words. */
const LOST = /Device lost|GPUOutOfMemoryError|WebGPU|context lost/i;

test('a GPU that is lost while the model loads: it is loaded once more, by itself', async ({
  app,
  page,
  complaints,
}) => {
  complaints.expect(LOST);
  hookGpu(page, ['lost-in-load']);
  await app.open();
  await app.runDemo();
});

test('a GPU that is lost in every load: the page stops, and says what to do', async ({
  app,
  page,
  complaints,
}) => {
  complaints.expect(LOST);
  hookGpu(page, ['lost-in-load', 'lost-in-load']);
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectFailure('device-lost');
  await expect(page.getByRole('alert')).toContainText('does not load the model once more by itself');
  await expect(page.getByRole('alert')).toContainText('restart the browser');
  await expectAccessible(page);

  await app.button('Try again').click();
  await app.expectAnswer();
});

test('a GPU that is lost while it reads a question: the model comes back, and can be asked again', async ({
  app,
  page,
}) => {
  hookGpu(page);
  await app.open();
  await app.runDemo();
  const before = await app.log().innerText();
  await destroyOnNextSubmit(page);
  await app.ask(STORY);
  await expect(app.log().getByRole('alert')).toContainText('The GPU stopped working for this page.');
  await app.expectSession('ready');
  expectKept('the conversation', (await app.log().innerText()).slice(0, before.length), before);
  await expect(app.log().getByRole('alert')).toContainText('The model is loaded again.');
  await app.button('Ask again').click();
  await app.expectSession('ready');
  await expect(app.log().getByRole('alert')).toHaveCount(0);
});

test('a GPU that is lost in the middle of an answer, twice', async ({ app, page }) => {
  hookGpu(page);
  await app.open();
  await app.runDemo();
  const first = await breakOff(app, () => destroyDevice(page));
  await app.expectSession('ready');
  await expect(app.log()).toContainText('The answer broke off here.');
  expectKept('the partial answer', (await app.log().innerText()).includes(first), true);
  await expectAccessible(page);
  await app.button('Go on from here').click();
  await app.expectSession('ready');

  const second = await breakOff(app, () => destroyDevice(page));
  await app.expectFailure('device-lost');
  await expect(page.getByRole('alert')).toContainText('does not load the model once more by itself');
  expectKept('both partial answers', await textIncludes(app, [first, second]), [true, true]);
  await app.button('Try again').click();
  await app.expectSession('ready');
});

test('the GPU process is killed once, twice and three times', async ({ app, page, context, complaints }) => {
  complaints.expect(LOST);
  await app.open();
  await app.runDemo();
  const first = await breakOff(app, () => kill(context, 'GPU'));
  await app.expectSession('ready');
  const second = await breakOff(app, () => kill(context, 'GPU'));
  await app.expectFailure('device-lost');
  await expect(page.getByRole('alert')).toContainText('does not load the model once more by itself');

  // From here on Chromium gives no adapter to any page, until it is restarted.
  await kill(context, 'GPU');
  await app.button('Try again').click();
  await app.expectFailure('no-adapter');
  await expect(page.getByRole('alert')).toContainText('Restart the browser');
  await page.reload();
  await page.getByRole('link', { name: 'Playground' }).click();
  await expect(app.log()).toContainText(first);
  expectKept('both partial answers', await textIncludes(app, [first, second]), [true, true]);
});

test('the GPU process is killed while nothing is asked of it', async ({ app, context, complaints }) => {
  complaints.expect(LOST);
  await app.open();
  await app.runDemo();
  await kill(context, 'GPU');
  await app.expectSession('loading', DOWN);
  await app.expectSession('ready');
  await app.ask(STORY);
  await expect(app.figure('Tokens')).toHaveText(/[1-9]/);
});

test('a GPU that is lost once in a measurement: the run does not count, and the case is measured', async ({
  app,
  page,
}) => {
  hookGpu(page);
  const tg48 = await measureUntil(app, 'tg48_w1_r2-2', 'tg48: run 1');
  await destroyDevice(page);
  await expectMeasured(app);
  await app.expectSession('ready');
  await expect(tg48.getByRole('rowheader')).toHaveText(['Warm-up', 'Run 1', 'Warm-up', 'Run 2', 'Run 3']);
  await expect(tg48.getByRole('row', { name: /^Run 1 / })).toContainText(
    'The GPU stopped working for this page.',
  );
  await expect(tg48).toContainText(/\d ?tok\/s/);
});

test('a GPU that is lost twice in one case of a measurement: the next case is measured', async ({
  app,
  page,
}) => {
  hookGpu(page);
  const tg48 = await measureUntil(app, 'tg48_tg8_w0_r2-2', 'tg48: run 1');
  await destroyDevice(page);
  await expect(measuring(page)).toContainText('tg48: run 2', { timeout: 120_000 });
  await destroyDevice(page);
  await expectMeasured(app);
  await app.expectSession('ready');
  await expect(tg48.getByRole('cell', { name: 'not counted' })).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'tg8', exact: true })).toContainText(/\d ?tok\/s/);
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Demo model runs here at');
  await expectAccessible(page);
});

test('more memory than there is: the page says so, and does not try again by itself', async ({
  app,
  page,
  complaints,
}) => {
  complaints.expect(LOST);
  hookGpu(page, ['no-memory-in-load']);
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectFailure('out-of-memory');
  await expect(page.getByRole('alert')).toContainText('Choose a smaller model');
  await app.button('Try again').click();
  await app.expectAnswer();
});

test('an adapter that is gone after the GPU was lost: restart the browser', async ({ app, page }) => {
  hookGpu(page, [null, 'no-adapter']);
  await app.open();
  await app.runDemo();
  await breakOff(app, () => destroyDevice(page));
  await app.expectFailure('no-adapter');
  await expect(page.getByRole('alert')).toContainText('The browser gives this page no GPU any more.');
  await expect(page.getByRole('alert')).toContainText('Restart the browser');
});

test('a GPU in software is named, and the model runs', async ({ app, page }) => {
  await app.open();
  await app.runDemo();
  await expect(page.locator('#main')).toContainText('on software, not a GPU');
});

/** Asks for a story, waits until it is being told, and lets something happen. Resolves with what was told. */
async function breakOff(app: App, happen: () => Promise<void>): Promise<string> {
  await app.ask(STORY);
  const live = app.page.locator('article[aria-busy=true]');
  await expect(app.figure('Tokens')).toHaveText(/[1-9]/);
  await expect(live).toHaveText(/fox|Fox/);
  const told = (await live.locator('p').nth(1).innerText()).trim();
  await happen();
  await expect(live).toHaveCount(0, { timeout: DOWN });
  return told.slice(0, 20);
}

async function textIncludes(app: App, parts: string[]): Promise<boolean[]> {
  const text = await app.log().innerText();
  return parts.map((part) => text.includes(part));
}
