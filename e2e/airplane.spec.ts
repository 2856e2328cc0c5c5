import type { Page } from '@playwright/test';
import { App } from './support/app.ts';
import { provoke } from './support/fault.ts';
import { DEMO, expect, test as base } from './support/faulty.ts';
import { expectKept } from './support/published.ts';

const SHARD = `${DEMO}params_shard_1.bin`;
const GONE = 'There is no network now. What is stored here runs on.';
const FOLDER = 'https://huggingface.co/somebody/airplane-MLC';
const LIBRARY = 'https://huggingface.co/somebody/airplane-MLC/resolve/main/airplane.wasm';

/** Models of this machine need no network, so the app comes under a name that it takes for another machine's. */
const test = base.extend({
  app: async ({ page, server }, use) =>
    use(new App(page, server.url.replace('127.0.0.1', 'plane.localhost'))),
});

test('without a network all that needs it says so and waits; when it is back, all goes on', async ({
  app,
  page,
  context,
  faults,
  complaints,
}) => {
  complaints.expect(/404|ERR_INTERNET_DISCONNECTED/);
  await app.open();
  await expectKept(page);
  faults.fail(SHARD, { does: 'refuse', status: 404, times: Infinity });
  await app.button('Run the demo model').click();
  await app.expectFailure('not-found');
  faults.heal();

  provoke('the network goes');
  await context.setOffline(true);
  await expect(page.getByText(GONE)).toHaveCount(1);
  await app.button('See what is ready').click();
  await expect(page.getByRole('heading', { level: 1, name: 'On this device' })).toBeFocused();
  const stored = page.getByRole('region', { name: 'Stored models' }).getByRole('listitem');
  await expect(stored).toContainText(/Not ready for the plane\. Missing: .* of its \d+ shards\./);
  await expect(stored).toContainText('The rest needs the network');
  await expect(app.button('Continue downloading Demo model')).toBeDisabled();

  await show(page, '#/');
  await expect(row(page, 'Demo model')).toContainText(/kB of .* stored, the rest needs the network/);
  await expect(app.button('Continue loading Demo model')).toBeDisabled();
  await expect(row(page, 'Qwen 3.5 0.8B')).toContainText('Needs the network');
  await expect(app.button('Load Qwen 3.5 0.8B')).toBeDisabled();
  await expect(app.button('Run the demo model')).toBeDisabled();
  await expect(page.getByText('It needs the network, for it is not on this device yet.')).toBeVisible();

  await page.getByRole('textbox', { name: 'Model folder' }).fill(FOLDER);
  await page.getByRole('textbox', { name: 'Library' }).fill(LIBRARY);
  await app.button('Add to the list').click();
  await expect(
    page.getByText('airplane-MLC is on the list above. Loading it needs the network.'),
  ).toBeVisible();
  await expect(app.button('Load airplane-MLC')).toBeDisabled();

  await show(page, '#/measure?variant=demo-q4f32_1');
  const prepared = page.getByRole('region', { name: 'Measure Demo model here' });
  await expect(prepared).toContainText('There is no network now, so it has to wait.');
  await expect(app.button('Download, load and measure')).toBeDisabled();

  await context.setOffline(false);
  await expect(page.getByText('The network is back.')).toHaveCount(1);
  await expect(prepared).not.toContainText('no network');
  await expect(app.button('Download, load and measure')).toBeEnabled();
  await show(page, '#/storage');
  await app.button('Continue downloading Demo model').click();
  await expect(stored).toContainText('Complete, and every file checked.');
  await show(page, '#/');
  await app.runDemo();
});

test('a page that is opened without a network says so, and a link to a model waits', async ({
  app,
  page,
  context,
}) => {
  await app.open();
  await expectKept(page);
  await context.setOffline(true);
  await app.open(`?model=${encodeURIComponent(FOLDER)}&lib=${encodeURIComponent(LIBRARY)}`);
  await expect(page.getByText(GONE)).toHaveCount(1);
  const asked = page.getByRole('region', { name: 'This link asks for airplane-MLC' });
  await expect(asked).toContainText('There is no network now, so it has to wait.');
  await expect(app.button('Download and load it')).toBeDisabled();
  await context.setOffline(false);
  await expect(app.button('Download and load it')).toBeEnabled();
});

test('a network that goes in the middle of a download is named; trying again goes on', async ({
  app,
  page,
  context,
  faults,
  complaints,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|ERR_CONTENT_LENGTH_MISMATCH/);
  await app.open();
  faults.fail(SHARD, { does: 'stall', after: 100_000, times: Infinity });
  await app.button('Run the demo model').click();
  await expect.poll(() => faults.sent(SHARD)).toBe(100_000);

  provoke('the network goes in a download');
  await context.setOffline(true);
  await app.expectFailure('network-failed');
  await expect(page.getByRole('alert')).toContainText(
    'There is no network, and this model is not whole on this device.',
  );
  await expect(page.getByRole('alert')).toContainText('what has arrived is kept.');
  faults.heal();
  await context.setOffline(false);
  await expect(page.getByText('The network is back.')).toBeVisible();
  await app.button('Try again').click();
  await app.expectAnswer();
});

async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => (location.hash = next), hash);
}

function row(page: Page, name: string) {
  const models = page.getByRole('region', { name: 'Models', exact: true });
  return models.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
}
