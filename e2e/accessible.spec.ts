import type { Page } from '@playwright/test';
import { sampleResult } from '../src/bench/samples.ts';
import { writeLink } from '../src/share/link.ts';
import { expectGoodInEveryLook } from './support/accessible.ts';
import { DEMO, test as faultyTest } from './support/faulty.ts';
import { remember } from './support/kept.ts';
import { expect, test } from './support/test.ts';

const HUGGING_FACE = 'https://huggingface.co/somebody/model-MLC';
const ASKED = `?model=${encodeURIComponent(HUGGING_FACE)}&lib=${encodeURIComponent(`${HUGGING_FACE}/resolve/main/model.wasm`)}`;
const MARK = {
  step: 'shaders',
  variant: 'demo-q4f32_1',
  modelName: 'Demo model',
  atMs: Date.UTC(2026, 10, 22),
};

/** One of each kind of message that a conversation can hold. */
const CONVERSATION = [
  { id: '1', role: 'user', text: 'What is a token?', byPage: true },
  {
    id: '2',
    role: 'assistant',
    modelName: 'Demo model',
    text: '<think>Let me see.</think>A **token** is `text`:\n\n1. one\n2. two\n\n> said [here](https://example.com)\n\n```js\nlet a = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    finish: 'stop',
    tokens: 40,
    decodeTps: 50,
  },
  { id: '3', role: 'user', text: 'And then?' },
  { id: '4', role: 'assistant', modelName: 'Demo model', text: 'Then', finish: 'length', tokens: 1 },
  { id: '5', role: 'user', text: 'And then?' },
  {
    id: '6',
    role: 'assistant',
    modelName: 'Demo model',
    text: 'Then the',
    failure: { code: 'device-lost', message: 'The GPU stopped.', hint: 'Load it again.', detail: 'lost' },
  },
  { id: '7', role: 'user', text: 'And then?' },
  { id: '8', role: 'assistant', modelName: 'Demo model', text: 'Then the fox', interrupted: true },
];

test.describe('every screen passes axe and fits, in both themes, on a phone and on a desktop', () => {
  test('Models: fresh, asked by a link, after a crash; Settings and the bug report', async ({
    app,
    page,
  }) => {
    await app.open();
    await expect(page.getByRole('textbox', { name: 'Model folder' })).toBeVisible();
    await expectGood(page, 'Models');
    await app.open(ASKED);
    await expect(app.button('Download and load it')).toBeVisible();
    await expectGood(page, 'Models, asked for one');
    await app.open('?model=ftp://x&lib=y');
    await expect(page.getByText('This link asks for a model, but not rightly')).toBeVisible();
    await expectGood(page, 'Models, asked wrongly');
    await show(page, '#/storage', 'On this device');
    await expect(page.getByText('No model is stored here yet.')).toBeVisible();
    await expectGood(page, 'Storage, empty');
    await remember(page, { 'mark:a-tab-that-is-gone': MARK });
    await app.open('?');
    await expect(page.getByText('Stopped while compiling shaders')).toBeVisible();
    await expectGood(page, 'Models, after a crash');
    await app.button('Settings').click();
    await expect(page.getByRole('textbox', { name: 'System prompt' })).toBeVisible();
    await expectGood(page, 'Settings');
    await app.button('Prepare a bug report').click();
    await expect(page.getByRole('textbox', { name: 'Report' })).toBeVisible();
    await expectGood(page, 'Settings, bug report');
  });

  test('Playground: empty, ready, with a conversation; what is stored; a measurement', async ({
    app,
    page,
  }) => {
    await app.open('#/play');
    await expect(app.button('Run the demo model')).toBeVisible();
    await expectGood(page, 'Playground, empty');
    await app.runDemo();
    await expectGood(page, 'Playground, answered');

    await app.open('?'); // another visit, with nothing on the GPU
    await expect(page.getByText('Stored here')).toBeVisible();
    await expectGood(page, 'Models, one is stored');
    await show(page, '#/storage', 'On this device');
    await expect(page.getByText(/^Ready for the plane\./)).toBeVisible({ timeout: 60_000 });
    await expectGood(page, 'Storage');

    await remember(page, { conversation: CONVERSATION });
    await page.reload();
    await show(page, '#/play', 'Playground');
    await expect(app.log()).toContainText('Then the fox');
    await expectGood(page, 'Playground, with a conversation');

    await show(page, '#/measure?plan=tg64_w1_r20-20', 'Results');
    await app.button('Run the demo model').click();
    await app.expectSession('ready');
    await show(page, '#/measure?plan=tg64_w1_r20-20', 'Results');
    await app.button('Measure').click();
    await expect(page.getByText('tg64: warm-up')).toBeVisible({ timeout: 60_000 });
    await expectGood(page, 'Results, measuring');
    await expect(app.root()).toHaveAttribute('data-bench', 'running');
    await app.button('Cancel').click();
  });

  test('Results: none, a report, a history, a comparison, an own plan', async ({ app, page }) => {
    await app.open('#/measure');
    await expect(page.getByText('Nothing has been measured on this device yet.')).toBeVisible();
    await expectGood(page, 'Results, none');
    await app.open('#/measure?plan=thorough');
    await page.getByText('Make your own plan').click();
    await page.getByText('Measure several models').click();
    await expect(app.button('Copy link to this plan')).toBeVisible();
    await expect(page.getByText('No model is stored on this device yet.')).toBeVisible();
    await expectGood(page, 'Results, own plan');

    const results = await twoResults();
    await remember(page, { history: results.map((result, index) => ({ id: `${index}`, result })) });
    await page.reload();
    await expect(page.getByText('Tick two or more to compare them.')).toBeVisible();
    await openAllDetails(page);
    await expectGood(page, 'Results, a report and a history');
    const tokens = results.map((result) => writeLink(result).slice(1)).join('~');
    await page.evaluate((hash) => (location.hash = hash), `#/measure?compare=${encodeURIComponent(tokens)}`);
    await expect(page.getByRole('heading', { name: '2 results compared' })).toBeVisible();
    await openAllDetails(page);
    await expectGood(page, 'Results, compared');
  });

  test('a shared report, a broken link, the showdown', async ({ app, page }) => {
    const [result] = await twoResults();
    await page.goto(app.url + writeLink(result));
    await expect(page.getByRole('heading', { level: 1, name: 'Shared result' })).toBeVisible();
    await openAllDetails(page);
    await expectGood(page, 'Shared result');
    await page.evaluate(() => (location.hash = '#r=1.AAAA'));
    await expect(page.getByRole('alert')).toContainText('damaged');
    await expectGood(page, 'Shared result, broken');
    await show(page, '#/showdown/m4-max', 'Showdown');
    await expect(page.getByRole('table', { name: /^Decode/ })).toBeVisible();
    await expectGood(page, 'Showdown');
  });
});

faultyTest(
  'a load that is under way, and one that failed, pass axe and fit',
  async ({ app, page, faults, complaints }) => {
    complaints.expect(/404/);
    const shard = `${DEMO}params_shard_1.bin`;
    faults.fail(shard, { does: 'stall', after: 1000 });
    await app.open();
    await app.button('Run the demo model').click();
    await expect.poll(() => faults.sent(shard)).toBe(1000);
    await expectGood(page, 'Loading');
    await app.button('Cancel').click();
    await app.expectSession('absent');
    faults.fail(shard, { does: 'refuse', status: 404, times: Infinity });
    await app.button('Run the demo model').click();
    await app.expectFailure('not-found');
    await openAllDetails(page);
    await expectGood(page, 'Playground, failed');
  },
);

test.describe('without WebGPU', () => {
  test.use({ gpu: 'no-webgpu' });
  test('the first screen passes axe and fits', async ({ app, page }) => {
    await app.open();
    await expect(page.getByText('This browser has no WebGPU.').first()).toBeVisible();
    await expectGood(page, 'Models, without WebGPU');
  });
});

function expectGood(page: Page, screen: string): Promise<void> {
  return test.step(screen, () => expectGoodInEveryLook(page));
}

async function show(page: Page, hash: string, title: string): Promise<void> {
  await page.evaluate((next) => (location.hash = next), hash);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

/** What is folded away is a part of the screen too. */
async function openAllDetails(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll('details')) folded.open = true;
  });
}

async function twoResults() {
  const one = await sampleResult();
  const other = await sampleResult({ decodeMs: (run) => 25 + run / 10 });
  return [one, { ...other, browser: { name: 'Chromium', version: '157', os: 'Linux' } }] as const;
}
