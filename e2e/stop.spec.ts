import { expect, test } from './support/test.ts';

test('Stop keeps what was written, and the model goes on answering', async ({ app }) => {
  await app.open();
  await app.runDemo();

  await app.ask('Tell me a story about a brave fox.');
  await expect(app.button('Stop')).toBeVisible();
  await expect(app.figure('Tokens')).toHaveText(/[1-9]/);
  await app.button('Stop').click();
  await app.expectSession('ready', 30_000);
  const stopped = await app.log().innerText();
  expect(stopped).toContain('brave fox');

  await app.ask('What is a token?');
  await app.expectSession('ready');
  const after = await app.log().innerText();
  expect(after).toContain(stopped.slice(0, 200));
  expect(after.length).toBeGreaterThan(stopped.length);
});
