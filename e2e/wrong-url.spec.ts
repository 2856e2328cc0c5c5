import { demoFile, startHost, type Answer } from './support/host.ts';
import { expect, test } from './support/test.ts';

const FOLDER = 'org/model/resolve/main/';
const LIBRARY = 'library.wasm';
const PAGE = '<!doctype html><title>Log in</title>';
/** A whole WebAssembly module that does nothing: its header, and one custom section with a name. */
const OTHER_WASM = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 0, 5, 4, 110, 111, 110, 101]);

const CASES: { what: string; code: string; answers: () => Record<string, Answer> }[] = [
  { what: 'nothing at all', code: 'not-found', answers: () => ({}) },
  {
    what: 'a web page in place of every file',
    code: 'not-a-model',
    answers: () => mapValues(demoFolder(), () => PAGE),
  },
  {
    what: 'JSON that ends too early',
    code: 'file-damaged',
    answers: () => ({ ...demoFolder(), [`${FOLDER}mlc-chat-config.json`]: '{"model_type": "llama", ' }),
  },
  {
    what: 'JSON of something else',
    code: 'not-a-model',
    answers: () => ({ ...demoFolder(), [`${FOLDER}tensor-cache.json`]: '{"name": "package"}' }),
  },
  {
    what: 'a model without its library',
    code: 'not-found',
    answers: () => ({ ...demoFolder(), [LIBRARY]: 404 }),
  },
  {
    what: 'a library that is a web page',
    code: 'library-invalid',
    answers: () => ({ ...demoFolder(), [LIBRARY]: PAGE }),
  },
  {
    what: 'a library that is some other WebAssembly',
    code: 'library-invalid',
    answers: () => ({ ...demoFolder(), [LIBRARY]: OTHER_WASM }),
  },
];

function demoFolder(): Record<string, Answer> {
  const shards = [0, 1, 2, 3, 4].map((i) => `params_shard_${i}.bin`);
  const names = [
    'mlc-chat-config.json',
    'tensor-cache.json',
    'tokenizer.json',
    'tokenizer_config.json',
    ...shards,
  ];
  const files = Object.fromEntries(names.map((name) => [FOLDER + name, demoFile(name)]));
  return { ...files, [LIBRARY]: demoFile('demo-q4f32_1.wasm') };
}

function mapValues(answers: Record<string, Answer>, change: () => Answer): Record<string, Answer> {
  return Object.fromEntries(Object.keys(answers).map((path) => [path, change()]));
}

/** The address of the app that asks for the model of a host. */
function wish(host: { url: string }): string {
  return `?${new URLSearchParams({ model: host.url + FOLDER, lib: host.url + LIBRARY })}`;
}

for (const { what, code, answers } of CASES) {
  test(`at the address is ${what}`, async ({ app, complaints }) => {
    complaints.expect(/Failed to load resource.*404/);
    const host = await startHost(answers());
    await app.open(wish(host));
    await app.loadAsked();
    await app.expectFailure(code);
    await host.close();
  });
}

for (const address of ['not an address', 'ftp://example.org/model', 'javascript:alert(1)']) {
  test(`${address} is no address of a model`, async ({ app, page }) => {
    await app.open(`?${new URLSearchParams({ model: address, lib: address })}`);
    await expect(page.getByRole('main')).toContainText(/address|URL/);
    await expect(app.root()).toHaveAttribute('data-session', /absent|failed/);
  });
}

test('a model that is asked for by address is not fetched before the visitor agrees', async ({
  app,
  page,
}) => {
  const host = await startHost(demoFolder());
  const fetched: string[] = [];
  page.context().on('request', (request) => fetched.push(request.url()));
  await app.open(wish(host));
  await page.waitForLoadState('networkidle');
  expect(fetched.filter((url) => url.includes('params_shard'))).toEqual([]);
  await expect(page.getByRole('main')).toContainText('127.0.0.1');
  await host.close();
});

test('a model from another host runs like any other', async ({ app }) => {
  const host = await startHost(demoFolder());
  await app.open(wish(host));
  await app.loadAsked();
  await app.expectSession('ready');
  await app.ask('Hello!');
  await app.expectSession('ready');
  await host.close();
});
