import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { download, expect, readAll, test } from './stage.ts';

/** Chromium's setting "block all site data": no IndexedDB, no locks, no private file system. */
const BLOCKED = { profile: { default_content_setting_values: { cookies: 2 } } };

test('in a browser that stores nothing a model runs from memory, and the page is told so', async ({
  stage,
}) => {
  const profile = await stage.profile();
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(BLOCKED));
  const context = await stage.launch(profile);
  const page = await stage.open(context);
  expect(await download(page, stage.variant)).toEqual({ state: 'verified', message: '' });
  expect(await page.evaluate(() => window.room.seen.at(-1)?.note)).toMatch(
    /kept in memory until this page is closed/,
  );
  expect(await readAll(page, stage.variant, stage.site)).toEqual([]);
  const again = await stage.open(context);
  expect(await again.evaluate(() => window.room.weights.list())).toEqual([]);
  expect(await again.evaluate(() => window.room.weights.space())).toMatchObject({ isKept: false });
  await context.close();
});
