import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, type BrowserContext, type LaunchOptions, type Page } from '@playwright/test';
import { build } from 'vite';
import type { EngineError, Variant } from '../../src/engine/engine.ts';
import { variantAt } from '../../tools/bench/room.mjs';
import { startFaultServer } from '../../tools/serve/faults.mjs';
import type { Room } from './harness/main.ts';

export { expect } from '@playwright/test';

const MB = 1e6;
const SHARD_BYTES = [12 * MB, 20 * MB, 9 * MB];
export const SHARDS = SHARD_BYTES.map((_, index) => `model/params_shard_${index}.bin`);
/** A chunk: the most that may be fetched again of each file in flight when everything dies. */
export const CHUNK_BYTES = 8 * 2 ** 20;

export interface Site {
  root: string;
  /** MD5 by path in the model's folder. */
  md5s: Map<string, string>;
  totalBytes: number;
}

export interface Stage {
  server: Awaited<ReturnType<typeof startFaultServer>>;
  variant: Variant;
  site: Site;
  /** A new page on which the weights room runs. */
  open(context?: BrowserContext): Promise<Page>;
  /** A browser with a profile of its own folder, to be killed or opened again. */
  launch(profile: string): Promise<BrowserContext>;
  profile(): Promise<string>;
}

interface Workers {
  site: Site;
}

export const test = base.extend<{ stage: Stage }, Workers>({
  site: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs out of this pattern
    async ({}, use) => {
      const root = await mkdtemp(join(tmpdir(), 'weights-site-'));
      await buildHarness(join(root, 'room'));
      await use({ root, ...(await writeModel(join(root, 'model'))) });
      await rm(root, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],

  context: async ({ stage }, use) => {
    const context = await stage.launch(await stage.profile());
    await use(context);
    await context.close();
  },

  stage: async ({ playwright, launchOptions, site }, use) => {
    const server = await startFaultServer({ root: site.root });
    const folders: string[] = [];
    const stage: Stage = {
      server,
      site,
      variant: variantAt('random', `${server.url}model/`, '@library.wasm'),
      launch: (profile) => launch(playwright.chromium, launchOptions, profile),
      profile: async () => {
        const folder = await mkdtemp(join(tmpdir(), 'weights-profile-'));
        folders.push(folder);
        return folder;
      },
      open: (context) => openRoom(context, server.url),
    };
    await use(stage);
    await server.close();
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});

/** On a page: downloads, and resolves with the model's state or the error's code and words. */
export function download(page: Page, variant: Variant): Promise<{ state: string; message: string }> {
  return page.evaluate(async (wanted) => {
    const { room } = window as unknown as { room: Room };
    const onProgress = (progress: (typeof room.seen)[number]) => void room.seen.push(progress);
    try {
      const model = await room.weights.download(wanted, { onProgress });
      return { state: model.state, message: '' };
    } catch (error) {
      const { code, message } = error as EngineError;
      return { state: code, message };
    }
  }, variant);
}

/** Every file as the engine would read it has the right bytes. */
export function readAll(page: Page, { id }: Variant, { md5s }: Site): Promise<string[]> {
  return page.evaluate(
    async ([model, wanted]) => {
      const { room } = window as unknown as { room: Room };
      const { remote, end } = room.reader();
      const wrong: string[] = [];
      for (const [path, expected] of wanted) {
        const seen = await remote.md5(model, path);
        if (seen !== expected) wrong.push(`${path}: ${seen}`);
      }
      end();
      return wrong;
    },
    [id, [...md5s]] as const,
  );
}

async function openRoom(context: BrowserContext | undefined, url: string): Promise<Page> {
  if (!context) throw new Error('no browser to open a page in');
  const page = await context.newPage();
  await page.goto(`${url}room/index.html`);
  await page.waitForFunction(() => 'room' in window);
  return page;
}

type Chromium = { launchPersistentContext(folder: string, options: LaunchOptions): Promise<BrowserContext> };

function launch(chromium: Chromium, options: LaunchOptions, profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, options);
}

async function buildHarness(outDir: string): Promise<void> {
  const configFile = fileURLToPath(new URL('harness/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'warn', build: { outDir } });
}

async function writeModel(folder: string): Promise<Omit<Site, 'root'>> {
  await mkdir(folder, { recursive: true });
  const files = new Map<string, Buffer>();
  const records = SHARD_BYTES.map((nbytes, index) => {
    const bytes = randomBytes(nbytes);
    const dataPath = `params_shard_${index}.bin`;
    files.set(dataPath, bytes);
    return { dataPath, format: 'raw-shard', nbytes, md5sum: md5(bytes), records: [] };
  });
  files.set('tensor-cache.json', json({ metadata: {}, records }));
  files.set('mlc-chat-config.json', json({ tokenizer_files: ['tokenizer.json'] }));
  files.set('tokenizer.json', json({ model: {} }));
  files.set('@library.wasm', Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, 2, 1, 0x61]));
  for (const [path, bytes] of files) await writeFile(join(folder, path), bytes);
  const totalBytes = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  return { md5s: new Map([...files].map(([path, bytes]) => [path, md5(bytes)])), totalBytes };
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
