/** What the specs of the library share: the served harness, libraries and models built for a test, and the page. */
import { access, readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { type Page, test as base } from '@playwright/test';
import { type Model, readModel } from '../../model-library/reference/weights.ts';
import { DEMO, DEMO_LIBRARY, buildLibrary } from '../../tools/library/build.mjs';
import { SCRATCH, buildHarness, serveHarness } from '../../tools/library/harness.mjs';
import { mutations } from '../../tools/library/mutations.mjs';
import { writeRandomModel } from '../../tools/library/random.mjs';
import type { Lab } from './harness/worker.ts';

const PORT = 4210;
const ORIGIN = `http://127.0.0.1:${PORT}`;
export { DEMO };

/** A model to load: its folder on disk, and the URLs of folder and library. */
export interface Site {
  folder: string;
  model: string;
  library: string;
}

export const demo: Site = {
  folder: DEMO,
  model: `${ORIGIN}/demo/resolve/main/`,
  library: `${ORIGIN}/demo/resolve/main/${DEMO_LIBRARY.split('/').at(-1)}`,
};

/** The demo model with a library in which one kernel is broken. */
export async function brokenDemo(name: string): Promise<Site> {
  const mutation = mutations[name];
  if (mutation === undefined) throw new Error(`no mutation ${name}`);
  await buildLibrary(DEMO, join(SCRATCH, `broken-${name}.wasm`), { mutation });
  return { ...demo, library: `${ORIGIN}/scratch/broken-${name}.wasm` };
}

/** A model with random weights, and a library built for it. */
export async function randomSite(name: string, dims: object): Promise<Site> {
  const folder = join(SCRATCH, name, 'resolve/main');
  await writeRandomModel(folder, dims, 7);
  await buildLibrary(folder, join(folder, 'library.wasm'));
  const model = `${ORIGIN}/scratch/${name}/resolve/main/`;
  return { folder, model, library: `${model}library.wasm` };
}

/** The same weights in float64. */
export function reference(site: Site): Promise<Model> {
  return readModel((path) => readFile(join(site.folder, path)));
}

/** Calls a function of the harness' worker. Errors arrive with their message. */
export class LabPage {
  constructor(private readonly page: Page) {}

  async call<Name extends keyof Lab>(
    name: Name,
    ...args: Lab[Name] extends (...given: infer Given) => unknown ? Given : never
  ): Promise<Awaited<Lab[Name] extends (...given: never[]) => infer Result ? Result : never>> {
    return this.page.evaluate(
      ([method, given]) =>
        (window.lab[method] as unknown as (...values: unknown[]) => Promise<never>)(...given),
      [name, args] as const,
    );
  }

  /** Loads a site; greedy unless `options` say otherwise. */
  async load(site: Site, options: Record<string, unknown> = {}): Promise<void> {
    await this.page.goto(ORIGIN);
    await this.call('load', site.model, site.library, { temperature: 0, ...options });
  }

  /** Logits after `ids` at the start of a sequence. */
  async fresh(ids: number[]): Promise<number[]> {
    await this.call('reset');
    return this.call('logits', ids);
  }
}

interface Fixtures {
  lab: LabPage;
}

/** Tests with `lab`, a page that is shared by the tests of a file; the first `load` in it wins until the next. */
export const test = base.extend<object, Fixtures & { server: Server }>({
  server: [
    async ({ browserName }, use) => {
      if (browserName !== 'chromium') throw new Error('only Chromium is tried');
      await buildHarness();
      const server = await serveHarness(PORT);
      await use(server);
      server.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  lab: [
    async ({ browser, server }, use) => {
      await access(DEMO_LIBRARY);
      if (!server.listening) throw new Error('the harness is not served');
      const page = await browser.newPage();
      await use(new LabPage(page));
      await page.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
