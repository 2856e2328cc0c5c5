import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type BrowserContext } from '@playwright/test';
import { browserFlags } from '../../tools/browser.mjs';
import { App } from './app.ts';
import { Complaints } from './console.ts';
import { startServer, type Server } from './server.ts';

export { expect } from '@playwright/test';

/** What the visitor's browser offers: a GPU, `navigator.gpu` without an adapter, or no `navigator.gpu`. */
export type Gpu = 'software' | 'no-adapter' | 'no-webgpu';

interface Options {
  gpu: Gpu;
}

interface Fixtures {
  /** The built app, served by a process of its own. */
  server: Server;
  complaints: Complaints;
  app: App;
}

/**
 * Each test is a first visit: a new browser with an empty profile on disk, since storage in memory would be another
 * thing than what visitors have.
 */
export const test = base.extend<Options & Fixtures>({
  gpu: ['software', { option: true }],

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs out of this pattern
  server: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },

  context: async ({ playwright, launchOptions, viewport, gpu, server }, use) => {
    void server; // it must outlive the browser, which may still be fetching when a short test is over
    const profile = await mkdtemp(join(tmpdir(), 'runs-here-'));
    const context = await playwright.chromium.launchPersistentContext(profile, {
      ...launchOptions,
      args: browserFlags(gpu === 'no-webgpu' ? 'no-adapter' : gpu),
      viewport,
    });
    if (gpu === 'no-webgpu') await hideWebGpu(context);
    await use(context);
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  },

  page: async ({ context }, use) => {
    await use(context.pages()[0] ?? (await context.newPage()));
  },

  // Automatic: every journey is guarded.
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints(context);
      await use(complaints);
      complaints.check();
    },
    { auto: true },
  ],

  app: async ({ page, server }, use) => use(new App(page, server.url)),
});

/** No flag of Chromium's takes `navigator.gpu` away, so the page loses it before its first script runs. */
async function hideWebGpu(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'gpu');
  });
}
