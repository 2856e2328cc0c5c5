import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';
import { demoFiles } from './support/given.ts';
import { startHost } from './support/host.ts';
import { expect, expectKept, lookForUpdate, test, type Site } from './support/published.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const OWN = 'runs-here-shell-';
const FOREIGN = 'of-another-project';

/** What a service worker laid its hands on: a cache by its name, a request it made or answered by its address. */
type Touch = ['cache' | 'request' | 'answer', string];

test('the service worker touches its own caches and its own origin only, and no model', async ({
  app,
  page,
  context,
  site,
  nextVersion,
}) => {
  const host = await startHost(
    Object.fromEntries([...demoFiles()].map(([name, bytes]) => [`somebody/model/${name}`, bytes])),
  );
  await spyOn(site, DIST);
  await app.open();
  await page.evaluate(async (name) => {
    await (await caches.open(name)).put('/x', new Response('theirs'));
  }, FOREIGN);
  await expectKept(page);
  const before = await allTouched(context); // this worker is gone once the next has taken over

  site.publish(nextVersion);
  await spyOn(site, nextVersion);
  await lookForUpdate(page);
  await app.button('Use it').click();
  await expect(page.getByRole('contentinfo')).toContainText('next');

  await app.runDemo();
  const address = (file: string) => encodeURIComponent(`${host.url}somebody/model/${file}`);
  await app.open(`?model=${address('')}&lib=${address('demo-q4f32_1.wasm')}`);
  await app.loadAsked();
  await app.expectSession('ready');

  const touched = [...before, ...(await allTouched(context))];
  const names = new Set(touched.flatMap(([what, name]) => (what === 'cache' ? [name] : [])));
  expect([...names].filter((name) => !name.startsWith(OWN))).toEqual([]);
  expect(names.size, 'both versions have a cache').toBe(2);
  const addresses = touched.flatMap(([what, url]) => (what === 'cache' ? [] : [url]));
  expect(addresses.filter((one) => !one.startsWith(site.url) || one.includes('/models/'))).toEqual([]);
  for (const what of ['request', 'answer'])
    expect(touched.filter(([done]) => done === what).length, `${what}s were seen`).toBeGreaterThan(5);
  expect(await page.evaluate(textOf, FOREIGN)).toBe('theirs');
  await host.close();
});

/** Serves the service worker of a build with a spy in front of it. */
async function spyOn(site: Site, folder: string): Promise<void> {
  const script = await readFile(join(folder, 'sw.js'), 'utf8');
  site.answer('/sw.js', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(`(${spy.toString()})();\n${script}`);
  });
}

/** Runs in the service worker, before its own code. */
function spy(): void {
  const touched: Touch[] = [];
  Object.assign(globalThis, { touched });
  const storage = CacheStorage.prototype as unknown as Record<string, (...all: unknown[]) => unknown>;
  for (const method of ['open', 'delete', 'has', 'match']) {
    const original = storage[method]!;
    storage[method] = function (...all) {
      touched.push(['cache', method === 'match' ? 'all of them' : String(all[0])]);
      return original.apply(this, all);
    };
  }
  const request = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    touched.push(['request', new Request(input).url]);
    return request(input, init);
  };
  const { FetchEvent } = globalThis as unknown as {
    FetchEvent: { prototype: { request: Request; respondWith: (answer: Promise<Response>) => void } };
  };
  const answer = FetchEvent.prototype.respondWith;
  FetchEvent.prototype.respondWith = function (response) {
    touched.push(['answer', this.request.url]);
    answer.call(this, response);
  };
}

async function allTouched(context: BrowserContext): Promise<Touch[]> {
  const lists = await Promise.all(
    context
      .serviceWorkers()
      .map((worker) => worker.evaluate(() => (globalThis as unknown as { touched: Touch[] }).touched)),
  );
  return lists.flat();
}

/** Runs in the page. */
async function textOf(name: string): Promise<string | undefined> {
  return (await (await caches.open(name)).match('/x'))?.text();
}
