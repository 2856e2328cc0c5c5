import { download, expect, readAll, SHARDS, test } from './stage.ts';

const [, SHARD = ''] = SHARDS;
const SIZE = 20e6;
const AFTER = 13_000_000;

test('a model is stored once, verified, and read by the engine; deleting it frees the space', async ({
  stage,
  context,
}) => {
  const page = await stage.open(context);
  expect(await download(page, stage.variant)).toEqual({ state: 'verified', message: '' });
  expect(await readAll(page, stage.variant, stage.site)).toEqual([]);
  const last = await page.evaluate(() => window.room.seen.at(-1));
  expect(last).toMatchObject({ doneBytes: stage.site.totalBytes, totalBytes: stage.site.totalBytes });
  const requests = stage.server.log.length;
  expect(await download(page, stage.variant)).toEqual({ state: 'verified', message: '' });
  expect(stage.server.log.slice(requests)).toEqual([]);
  const used = () => page.evaluate(async () => (await window.room.weights.space()).usedBytes ?? 0);
  expect(await used()).toBeGreaterThan(stage.site.totalBytes);
  await page.evaluate((id) => window.room.weights.remove(id), stage.variant.id);
  await expect.poll(used, { timeout: 30_000 }).toBeLessThan(5e6);
});

for (const [name, fault, repeatedBytes] of [
  ['a reset', { does: 'cut', by: 'reset', after: AFTER }, SIZE - AFTER],
  ['a close', { does: 'cut', by: 'close', after: AFTER }, SIZE - AFTER],
  ['a cut chunked body', { does: 'cut', by: 'close', after: AFTER, chunked: true }, SIZE - AFTER],
  ['half a file', { does: 'half' }, 0],
  ['503 twice', { does: 'refuse', status: 503, times: 2 }, 0],
  ['429', { does: 'refuse', status: 429, retryAfter: 1 }, 0],
  ['an expired address', { does: 'refuse', status: 403 }, 0],
  ['a login page', { does: 'page' }, 0],
  ['a slow server', { does: 'trickle', bytesPerS: 10e6 }, 0],
] as const) {
  test(`${name} is survived, and what was stored is not fetched again`, async ({ stage, context }) => {
    stage.server.fail(SHARD, { ...fault });
    const page = await stage.open(context);
    expect(await download(page, stage.variant)).toEqual({ state: 'verified', message: '' });
    expect(await readAll(page, stage.variant, stage.site)).toEqual([]);
    // A reset may throw away what the browser had not read yet; nothing else is sent twice.
    expect(stage.server.sent(SHARD)).toBeLessThanOrEqual(SIZE + repeatedBytes);
  });
}

for (const [name, fault] of [
  ['a flipped bit', { does: 'flip', at: 19_999_999 }],
  ['another version in between', { does: 'cut', by: 'close', after: AFTER }],
] as const) {
  test(`${name} costs one more transfer of that file`, async ({ stage, context }) => {
    stage.server.fail(SHARD, { ...fault });
    if (fault.does === 'cut') stage.server.fail(SHARD, { does: 'retag' });
    const page = await stage.open(context);
    expect(await download(page, stage.variant)).toEqual({ state: 'verified', message: '' });
    expect(await readAll(page, stage.variant, stage.site)).toEqual([]);
    expect(
      stage.server.log.filter((entry) => entry.path === SHARD && entry.from === 0).length,
    ).toBeGreaterThan(1);
  });
}

test('a server without ranges starts the file again, and the page says so', async ({ stage, context }) => {
  stage.server.fail(SHARD, { does: 'cut', by: 'close', after: AFTER });
  stage.server.fail(SHARD, { does: 'ignoreRange' });
  const page = await stage.open(context);
  expect(await download(page, stage.variant)).toEqual({ state: 'verified', message: '' });
  const notes = await page.evaluate(() => window.room.seen.map((progress) => progress.note));
  expect(notes.join()).toContain('This server cannot resume: Shard 2 of 3');
});

test('a shard that stays damaged is named and never marked as stored', async ({ stage, context }) => {
  stage.server.fail(SHARD, { does: 'flip', at: 5, times: Infinity });
  const page = await stage.open(context);
  const failed = await download(page, stage.variant);
  expect(failed.state).toBe('file-damaged');
  expect(failed.message).toMatch(/^Shard 2 of 3 \(params_shard_1\.bin\) is damaged/);
  const [model] = await page.evaluate(() => window.room.weights.list());
  expect(model?.files.find((file) => file.path === 'params_shard_1.bin')?.state).toBe('absent');
});

test('a stall counts as a failure after 20 s', async ({ stage, context }) => {
  test.slow();
  stage.server.fail(SHARD, { does: 'stall', after: AFTER });
  const page = await stage.open(context);
  const startMs = Date.now();
  expect(await download(page, stage.variant)).toEqual({ state: 'verified', message: '' });
  expect(Date.now() - startMs).toBeGreaterThan(19_000);
  expect(stage.server.sent(SHARD)).toBe(SIZE);
});
