import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, type Page } from '@playwright/test';
import { build } from 'vite';
import { startServer } from '../support/server.ts';
import type { Account, Order } from './harness/main.ts';

export { expect } from '@playwright/test';

const HEADERS = fileURLToPath(new URL('../../public/_headers', import.meta.url));

interface Fixtures {
  /** A page on which the measuring path runs, isolated from other origins as the app is. */
  bench: Page;
}

export const test = base.extend<Fixtures, { site: string }>({
  site: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs out of this pattern
    async ({}, use) => {
      const root = await mkdtemp(join(tmpdir(), 'known-delays-'));
      const configFile = fileURLToPath(new URL('harness/vite.config.ts', import.meta.url));
      await build({ configFile, logLevel: 'warn', build: { outDir: root } });
      await cp(HEADERS, join(root, '_headers'));
      const server = await startServer(root);
      await use(server.url);
      await server.stop();
      await rm(root, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],

  bench: async ({ page, site }, use) => {
    await page.goto(site);
    await page.waitForFunction(() => 'bench' in window);
    await use(page);
  },
});

/** Runs a plan of the app on the scripted engine. */
export function measure(bench: Page, order: Order): Promise<Account> {
  return bench.evaluate((wanted) => window.bench.measure(wanted), order);
}
