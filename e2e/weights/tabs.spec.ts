import { download, expect, readAll, SHARDS, test, type Stage } from './stage.ts';

const RATE = 5e6;

function slowly(stage: Stage): void {
  for (const path of SHARDS) stage.server.fail(path, { does: 'trickle', bytesPerS: RATE });
}

const sentBytes = (stage: Stage) => SHARDS.reduce((sum, path) => sum + stage.server.sent(path), 0);

test('two tabs fetch a model once: one works, the other follows and takes over when it closes', async ({
  stage,
  context,
}) => {
  slowly(stage);
  const first = await stage.open(context);
  const second = await stage.open(context);
  void download(first, stage.variant).catch(() => undefined); // the tab closes under it
  await expect.poll(() => sentBytes(stage)).toBeGreaterThan(5e6);
  const followed = download(second, stage.variant);
  const note = () => second.evaluate(() => window.room.seen.at(-1)?.note);
  await expect.poll(note).toBe('Another tab is fetching this model; this one follows.');
  expect(await second.evaluate(() => window.room.seen.at(-1)?.doneBytes)).toBeGreaterThan(1e6);
  const removed = second.evaluate(
    (id) => window.room.weights.remove(id).catch((error) => error.code),
    stage.variant.id,
  );
  expect(await removed).toBe('busy');
  expect(await second.evaluate((id) => window.room.weights.heldBy(id), stage.variant.id)).toBe('job');
  await expect.poll(() => sentBytes(stage)).toBeGreaterThan(25e6);
  stage.server.heal();
  await first.close();
  expect(await followed).toEqual({ state: 'verified', message: '' });
  expect(await readAll(second, stage.variant, stage.site)).toEqual([]);
  expect(sentBytes(stage)).toBeLessThan(1.5 * stage.site.totalBytes);
});

test('a tab that begins to follow knows at once how far the other one is', async ({ stage, context }) => {
  stage.server.fail(SHARDS[1] ?? '', { does: 'stall', after: 13e6 });
  const first = await stage.open(context);
  const second = await stage.open(context);
  const led = download(first, stage.variant);
  const last = () => first.evaluate(() => window.room.seen.at(-1));
  const doneBytes = stage.site.totalBytes - 7e6;
  // Silence from here on, until it counts as a failure.
  await expect.poll(last, { intervals: [100] }).toMatchObject({ filesDone: 6, doneBytes });
  const seen = await first.evaluate(() => window.room.seen.length);
  const followed = download(second, stage.variant);
  const news = () => second.evaluate(() => window.room.seen.at(-1));
  await expect.poll(news, { timeout: 10_000 }).toMatchObject({ phase: 'downloading' });
  expect(await news()).toMatchObject({ filesDone: 6, doneBytes });
  expect(await first.evaluate(() => window.room.seen.length), 'the first tab is silent').toBe(seen);
  expect((await led).state).toBe('verified');
  expect((await followed).state).toBe('verified');
  expect(sentBytes(stage)).toBe(41e6);
});

test('a model that an engine has open is not deleted; when it is closed it is', async ({
  stage,
  context,
}) => {
  const running = await stage.open(context);
  const other = await stage.open(context);
  await download(running, stage.variant);
  const codes = await running.evaluateHandle(async (id) => {
    const { remote, end } = window.room.reader();
    await remote.md5(id, 'tokenizer.json');
    return { remote, end };
  }, stage.variant.id);
  const remove = () =>
    other.evaluate(async (id) => {
      const outcome = await window.room.weights
        .remove(id)
        .catch((error) => `${error.code}: ${error.message}`);
      return outcome ?? 'removed';
    }, stage.variant.id);
  const holder = () => other.evaluate((id) => window.room.weights.heldBy(id), stage.variant.id);
  expect(await holder()).toBe('engine');
  expect(await remove()).toBe('busy: This model is running, here or in another tab.');
  await codes.evaluate(({ remote }) => remote.close());
  await expect.poll(holder).toBe(null);
  expect(await remove()).toBe('removed');
  expect(await other.evaluate(() => window.room.weights.list())).toEqual([]);
});
