import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { listen, serveFolder } from '../../tools/serve/static.mjs';
import { test as base } from './test.ts';

export { expect } from './test.ts';

const HOME = fileURLToPath(new URL('../../', import.meta.url));
const DIST = join(HOME, 'dist');

/** A host whose owner publishes one version of the app after another. */
export interface Site {
  url: string;
  /** Paths that were asked for, in order. */
  log: string[];
  publish(folder: string): void;
  /** Answers for one path from now on, in place of the file; null: the file again. */
  answer(path: string, listener: RequestListener | null): void;
  /** The file that is asked for. */
  serve: RequestListener;
  stop(): Promise<void>;
}

interface Options {
  /** Whether the host sends the headers of `_headers`, or none, as GitHub Pages. */
  headers: 'sent' | 'none';
}

/** As `test`, but the app comes from a host that can change. */
export const test = base.extend<Options & { site: Site }, { nextVersion: string }>({
  headers: ['sent', { option: true }],

  site: async ({ headers }, use) => {
    const site = await startSite(headers);
    await use(site);
    await site.stop();
  },

  server: async ({ site }, use) => use({ url: site.url, stop: site.stop }),

  /** A folder with another build of the app, in which only the app has changed. */
  nextVersion: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs out of this pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'runs-here-next-'));
      await build(folder, 'next');
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

/** A copy of the build in `dist` with another `sw.js`. */
export async function withWorker(script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'runs-here-worker-'));
  await cp(DIST, folder, { recursive: true, filter: (path) => !/sw\.js(\.\w+)?$/.test(path) });
  await cp(script, join(folder, 'sw.js'));
  return folder;
}

/**
 * How often the page was opened so far, reloads included. Whatever looks into a page counts as the visitor's touch in
 * Chromium, and a page that was touched does not reload by itself: wait with this and nothing else,
 * and leave traces off, for their snapshots look too.
 */
export function countVisits(page: Page): () => number {
  let visits = 0;
  page.on('domcontentloaded', () => (visits += 1));
  return () => visits;
}

/** Waits until the service worker controls the page and has all of the app, the engine included. */
export async function expectKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(async () => (await keptPaths(page)).some((path) => path.includes('/assets/web-llm-')), {
      timeout: 60_000,
      message: 'the engine is in the service worker',
    })
    .toBe(true);
}

/**
 * Has the browser look for a new service worker until one has come. A look of the browser's own that began before the
 * publication may be under way, and the first of ours then joins it.
 */
export async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const { active } = registration;
    const hasCome = () => registration.installing || registration.waiting || registration.active !== active;
    while (!hasCome()) await registration.update();
  });
}

/** Paths of all that the service worker's caches hold. */
export function keptPaths(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('runs-here-shell-'));
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return lists.flat().map(({ url }) => new URL(url).pathname);
  });
}

async function build(folder: string, commit: string): Promise<void> {
  await promisify(execFile)('npx', ['vite', 'build', '--outDir', folder, '--emptyOutDir'], {
    cwd: HOME,
    env: { ...process.env, APP_COMMIT: commit },
  });
}

async function startSite(headers: Options['headers']): Promise<Site> {
  const answers = new Map<string, RequestListener>();
  const log: string[] = [];
  const handlerOf = (folder: string) => serveFolder(folder, headers === 'none' ? [] : undefined);
  let handler = handlerOf(DIST);
  const { url, close } = await listen((request, response) => {
    const path = request.url ?? '/';
    log.push(path);
    (answers.get(path) ?? handler)(request, response);
  });
  let running = true;
  return {
    url,
    log,
    publish: (folder) => void (handler = handlerOf(folder)),
    answer: (path, listener) => void (listener ? answers.set(path, listener) : answers.delete(path)),
    serve: (request, response) => handler(request, response),
    stop: async () => {
      if (running) await close();
      running = false;
    },
  };
}
