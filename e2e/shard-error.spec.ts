import { DEMO, expect, test } from './support/faulty.ts';

const SHARD = `${DEMO}params_shard_1.bin`;

test('a connection that breaks once in the middle of a shard stops nobody', async ({
  app,
  faults,
  complaints,
}) => {
  complaints.expect(/ERR_CONNECTION_RESET|ERR_CONTENT_LENGTH_MISMATCH|ERR_EMPTY_RESPONSE/);
  faults.fail(SHARD, { does: 'cut', by: 'reset', after: 100_000 });
  await app.open();
  await app.runDemo();
});

test('a server that keeps failing is named, and trying again later works', async ({
  app,
  faults,
  complaints,
}) => {
  complaints.expect(
    /ERR_CONNECTION_RESET|ERR_CONTENT_LENGTH_MISMATCH|ERR_EMPTY_RESPONSE|Failed to load resource/,
  );
  faults.fail(SHARD, { does: 'cut', by: 'reset', after: 100_000, times: Infinity });
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectFailure('network-failed');

  const other = `${DEMO}params_shard_0.bin`;
  const before = faults.sent(other);
  faults.heal();
  await app.button('Try again').click();
  await app.expectAnswer();
  expect(faults.sent(other), 'a shard that was stored is not fetched again').toBe(before);
});

test('what failed before a measurement is tried again where it was asked for', async ({
  app,
  page,
  faults,
  complaints,
}) => {
  complaints.expect(/503/);
  faults.fail(SHARD, { does: 'refuse', status: 503, times: Infinity });
  await app.open('#/measure?variant=demo-q4f32_1');
  await app.button('Download, load and measure').click();
  await app.expectFailure('http-error');
  faults.heal();
  await app.button('Try again').click();
  await app.expectSession('ready');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Results');
  await expect(app.button('Measure')).toBeVisible();
});

test('a server that answers 503 for ever is named', async ({ app, faults, complaints }) => {
  complaints.expect(/503/);
  faults.fail(SHARD, { does: 'refuse', status: 503, times: Infinity });
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectFailure('http-error');
});
