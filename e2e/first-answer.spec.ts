import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

test('a first visit comes to a first answer, with its figures and what they mean', async ({ app, page }) => {
  await app.open();
  await app.expectSession('absent');
  await app.runDemo();

  await expect(app.log()).toHaveText(/[a-z]{3,}/i);
  for (const term of ['TTFT', 'Prefill', 'Decode', 'Tokens'] as const) {
    await expect(app.figure(term)).toHaveText(/\d/);
    expect(await app.number(term), term).toBeGreaterThan(0);
  }
  await app.button('TTFT').focus();
  await page.keyboard.press('Enter');
  const definition = page.getByRole('dialog', { name: 'TTFT' });
  await expect(definition).toContainText('Time to first token: from the request');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(definition).toHaveCount(0);
  await expect(app.button('TTFT')).toBeFocused();
});

test('a second question is answered after the first', async ({ app }) => {
  await app.open();
  await app.runDemo();
  const before = await app.log().innerText();

  await app.ask('What is a token?');
  await app.expectSession('ready');
  await expect(app.log()).toContainText('What is a token?');
  expect((await app.log().innerText()).length).toBeGreaterThan(before.length + 'What is a token?'.length);
});

test('a new chat begins empty', async ({ app }) => {
  await app.open();
  await app.runDemo();
  await app.button('New chat').click();
  await expect(app.log()).not.toHaveText(/\w{3,}.*\w{3,}.*\w{3,}/);
  await app.ask('Hello!');
  await app.expectSession('ready');
});

test('nothing of the engine is fetched before it is wanted', async ({ app, page }) => {
  const requests: string[] = [];
  page.context().on('request', (request) => requests.push(request.url()));
  await app.open();
  await page.waitForLoadState('networkidle');
  expect(requests.filter((url) => /web-llm|\.wasm|params_shard/.test(url))).toEqual([]);
});

test('nothing is asked of any other host', async ({ app, page, server }) => {
  const strangers: string[] = [];
  page.context().on('request', (request) => {
    const { protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !request.url().startsWith(server.url)) strangers.push(request.url());
  });
  await app.open();
  await app.runDemo();
  expect(strangers).toEqual([]);
});
