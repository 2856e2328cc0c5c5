import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

/** The longest task that drawing any of this may take where all of it is drawn in software, on two busy processors. */
const MOST_MS = 1_000;

const INJECTIONS = [
  '<img src=x onerror="globalThis.ran = true"><script>globalThis.ran = true</script>',
  '![pixel](https://tracker.example/pixel.png)',
  '[click](javascript:globalThis.ran=true) [data](data:text/html,<script>1</script>)',
  '[https://bank.example](https://evil.example/login)',
  '`<b onclick=alert(1)>` **<i>bold</i>** <iframe src="https://evil.example"></iframe>',
].join('\n\n');

const HOSTILE: Record<string, string> = {
  'a line of a megabyte': 'x'.repeat(1_000_000),
  'a megabyte of words': 'word '.repeat(200_000),
  'ten thousand nested lists': Array.from({ length: 10_000 }, (_, n) => `${'  '.repeat(n % 50)}- item`).join(
    '\n',
  ),
  'ten thousand lists in one line': '- '.repeat(10_000),
  'a giant table': `${'| a '.repeat(20)}|\n${'|---'.repeat(20)}|\n${`${'| cell '.repeat(20)}|\n`.repeat(2_000)}`,
  'a table too wide': `${'|a'.repeat(5_000)}|\n${'|-'.repeat(5_000)}|\n${'|1'.repeat(5_000)}|`,
  'code that never ends': `\`\`\`js\n${'let a = 1;\n'.repeat(50_000)}`,
  'right to left, and nothing wide': `\u202e${'\u05d0\u200b\u0300'.repeat(2_000)}\u202d x`,
  'marks upon marks': `a${'\u0301'.repeat(5_000)} b`,
  'open marks': '**[`<!-- '.repeat(5_000),
};

test('markup of a model is text: nothing runs, nothing is fetched, links say where they lead', async ({
  app,
  page,
  context,
}) => {
  const outside: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(app.url)) outside.push(request.url());
  });
  await show(page, app.url, 'Do it.', INJECTIONS);
  const log = app.log();
  await expect(log.getByText('(evil.example)')).toBeVisible();
  await expect(log.locator('img, iframe, script, [onclick]')).toHaveCount(0);
  const addresses = await log
    .getByRole('link')
    .evaluateAll((found) => found.map((link) => link.getAttribute('href')));
  expect(addresses).toEqual([
    'https://tracker.example/pixel.png',
    'https://evil.example/login',
    'https://evil.example/',
  ]);
  await expect(log.getByText('<script>globalThis.ran = true</script>')).toBeVisible();
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
  expect(outside).toEqual([]);
  await expectAccessible(page);
});

for (const [name, text] of Object.entries(HOSTILE)) {
  test(`${name}: no layout breaks, no task takes long`, async ({ app, page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.addInitScript(() => {
      Object.assign(globalThis, { tasksMs: [] });
      new PerformanceObserver((list) => {
        const { tasksMs } = globalThis as unknown as { tasksMs: number[] };
        tasksMs.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ type: 'longtask', buffered: true });
    });
    await show(page, app.url, text, text);
    await expectNoSidewaysScroll(page);
    await page.keyboard.press('End');
    await page.mouse.wheel(0, -2_000);
    await expectNoSidewaysScroll(page);
    const tasksMs = await page.evaluate(() => (globalThis as unknown as { tasksMs: number[] }).tasksMs);
    console.log(`${name}: longest task ${Math.round(Math.max(0, ...tasksMs))} ms`);
    expect(Math.max(0, ...tasksMs), 'longest task, ms').toBeLessThan(MOST_MS);
  });
}

/** Puts an answer into the conversation that the page keeps, and opens the page on it. */
async function show(page: Page, url: string, question: string, answer: string): Promise<void> {
  await page.goto(url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.evaluate(store, [question, answer]);
  await page.goto(`${url}#/play`);
  await page.reload();
  await expect(page.getByRole('log').locator('article').nth(1)).toBeVisible();
}

function store([question, answer]: string[]): Promise<void> {
  const turn = { atMs: 0, byPage: false, modelName: null, finish: 'stop', interrupted: false };
  const turns = [
    { ...turn, id: 'question', role: 'user', text: question },
    { ...turn, id: 'answer', role: 'assistant', text: answer },
  ];
  return new Promise((resolve, reject) => {
    const opened = indexedDB.open('runs-here-page');
    opened.addEventListener('upgradeneeded', () => opened.result.createObjectStore('kept'));
    opened.addEventListener('error', () => reject(new Error('the store did not open')));
    opened.addEventListener('success', () => {
      const transaction = opened.result.transaction('kept', 'readwrite');
      transaction.objectStore('kept').put(turns, 'conversation');
      transaction.addEventListener('complete', () => resolve());
    });
  });
}
