import { expectAccessible } from './support/accessible.ts';
import { destroyDevice, hookGpu } from './support/gpu.ts';
import { expect, test } from './support/test.ts';

const SECRET = 'Tell me of the brave fox and my-secret-words';

test('a bug report is shown, then copied: what happened is in it, what was said is not', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  hookGpu(page);
  await app.open();
  await app.runDemo();
  await app.ask(SECRET);
  await expect(app.figure('Tokens')).toHaveText(/[1-9]/);
  await destroyDevice(page);
  await expect(app.log()).toContainText('The GPU stopped working for this page.');
  await app.expectSession('ready');

  await app.button('Settings').click();
  await page.getByRole('textbox', { name: 'System prompt' }).fill('You know my-secret-words.');
  await app.button('Prepare a bug report').click();
  const report = page.getByRole('textbox', { name: 'Report' });
  await expect(report).toHaveValue(/Latest faults\s+.*answer: device-lost/);
  await expectAccessible(page);
  await app.button('Copy the report').click();
  await expect(page.getByText('The report is copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await report.inputValue());
  for (const part of [
    'web-llm',
    'crossOriginIsolated: true',
    'vendor: google',
    'maxBufferSize',
    'controls: ',
  ])
    expect(copied).toContain(part);
  expect(copied).not.toContain('secret');
  expect(copied).not.toMatch(/\bfox\b/i);
});
