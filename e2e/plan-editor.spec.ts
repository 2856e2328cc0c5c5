import { expect, test } from './support/test.ts';

test('an own plan is put together by keyboard, stands in the address, and opens again from its link', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open('#/measure?plan=measure&variant=demo-q4f32_1');
  await page.getByText('Make your own plan').focus();
  await page.keyboard.press('Enter');
  const cases = page.getByRole('list', { name: 'Cases of the plan' }).getByRole('listitem');
  await expect(cases).toHaveText([/^pp128/, /^tg64/]);

  await app.button('Remove pp128').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('spinbutton', { name: 'Tokens', exact: true }).fill('16');
  await page.getByLabel('KV depths').fill('0, 32');
  await page.keyboard.press('Enter');
  await expect(cases).toHaveText([/^tg64/, /^tg16 .*writes 16 tokens/, /^tg16@d32 .*behind 32 others/]);
  await page.getByLabel('Runs, at least').fill('2');
  await page.getByLabel('Runs, at least').press('Tab');
  await expect(page.getByRole('radio', { name: /Own plan/ })).toBeChecked();
  expect(page.url()).toContain('plan=tg64_tg16_tg16-d32_w1_r2-3');

  await page.getByLabel('Runs, at most').fill('99');
  await page.getByLabel('Runs, at most').press('Tab');
  await expect(page.getByRole('main')).toContainText('1 to 50 runs');
  expect(page.url()).toContain('r2-3');
  await app.button('Copy link to this plan').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('radio', { name: /Own plan/ })).toBeChecked();
  await expect(page.getByRole('main')).toContainText('tg64, tg16, tg16@d32, 2 to 3 runs each');
});
