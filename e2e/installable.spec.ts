import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, expectKept, test } from './support/published.ts';

interface Picture {
  src: string;
  sizes: string;
  purpose?: string;
  form_factor?: string;
}
interface Manifest {
  icons: Picture[];
  screenshots: Picture[];
  shortcuts: { name: string; url: string }[];
}

const ROOT = new URL('../', import.meta.url);
const manifest = JSON.parse(read('public/manifest.webmanifest')) as Manifest;
const [fragment = ''] = /#r=\S+/.exec(read('src/share/golden-links.txt')) ?? [];

test('the browser finds nothing that keeps the page from being installed', async ({ app, page, context }) => {
  await app.open();
  await expectKept(page);
  const devtools = await context.newCDPSession(page);
  expect((await devtools.send('Page.getAppManifest')).errors).toEqual([]);
  expect((await devtools.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);
});

test('icons and pictures are there, in the sizes that are told', async ({ app, page }) => {
  await app.open();
  const { icons, screenshots } = manifest;
  expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  expect(screenshots.map(({ form_factor }) => form_factor)).toEqual(['narrow', 'wide']);
  for (const { src, sizes } of [...icons, ...screenshots].filter((one) => one.sizes !== 'any')) {
    const found = await page.evaluate(async (url) => {
      const { width, height } = await createImageBitmap(await (await fetch(url)).blob());
      return `${width}x${height}`;
    }, src);
    expect(found, src).toBe(sizes);
  }
});

test('each shortcut opens its page', async ({ app, page, server }) => {
  await app.open();
  for (const { name, url } of manifest.shortcuts) {
    await page.goto(new URL(url, server.url).href);
    const heading = { Models: /language model/, Measure: 'Results', Storage: 'On this device' }[name];
    expect(heading, name).toBeDefined();
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  }
});

test('a result that another program shares is opened, and nothing else of it is used', async ({
  app,
  page,
}) => {
  const query = new URLSearchParams({ 'shared-title': '<b>', 'shared-text': `Look: ${app.url}${fragment} ` });
  await app.open(`?${query.toString()}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Shared result' })).toBeVisible();
  expect(page.url()).toBe(app.url + fragment);
});

test('what is no result is said to be none', async ({ app, page }) => {
  await app.open(`?${new URLSearchParams({ 'shared-text': 'javascript:alert(1)' }).toString()}`);
  await expect(page.getByText('What was shared holds no result of this page.')).toBeVisible();
  expect(page.url()).toBe(app.url);
});

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, ROOT)), 'utf8');
}
