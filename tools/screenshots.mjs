// node tools/screenshots.mjs: takes the pictures that an installer shows (public/screenshots), from the build in `dist`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserFlags, needBrowser } from './browser.mjs';
import { listen, serveFolder } from './serve/static.mjs';

const FOLDER = 'public/screenshots';
/** A software GPU takes its time. */
const ANSWER_MS = 200_000;

const profile = await mkdtemp(join(tmpdir(), 'runs-here-'));
const server = await listen(serveFolder('dist'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: await needBrowser(),
  args: browserFlags('software'),
  viewport: { width: 1280, height: 800 },
});
const page = await context.newPage();
await page.goto(server.url);
await page.getByText('software', { exact: false }).first().waitFor();
await page.screenshot({ path: `${FOLDER}/wide.png` });

await page.setViewportSize({ width: 412, height: 892 });
await page.getByRole('button', { name: 'Run the demo model', exact: true }).click();
await page.locator('html[data-session=ready]').waitFor({ timeout: ANSWER_MS });
await page.screenshot({ path: `${FOLDER}/narrow.png` });

await context.close();
await server.close();
await rm(profile, { recursive: true, force: true, maxRetries: 5 });
