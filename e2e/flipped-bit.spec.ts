import { DEMO, expect, test } from './support/faulty.ts';

const SHARD = `${DEMO}params_shard_2.bin`;

test('a shard with one wrong bit is refused, never stored, and fetched again when asked', async ({
  app,
  faults,
}) => {
  faults.fail(SHARD, { does: 'flip', at: 4321, times: Infinity });
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectFailure('file-damaged');
  await expect(app.page.getByRole('alert').first()).toContainText('Shard 3 of 5');

  faults.heal();
  const before = faults.sent(SHARD);
  await app.button('Try again').click();
  await app.expectAnswer();
  expect(faults.sent(SHARD), 'the damaged shard comes anew').toBeGreaterThan(before);
});
