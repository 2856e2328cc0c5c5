import { expect, test } from './support/test.ts';

test('without shader-f16 the f32 variant is chosen, and the page says so before a download', async ({
  app,
  page,
}) => {
  const fetched: string[] = [];
  page.context().on('request', (request) => fetched.push(request.url()));
  await app.open();

  const main = page.getByRole('main');
  await expect(main).toContainText(/f32/);
  await expect(main).toContainText(/shader-f16|16-bit|f16/);
  expect(fetched.filter((url) => /huggingface|params_shard/.test(url))).toEqual([]);
});

test('a model that exists only in f16 cannot be loaded here, and the reason is shown', async ({
  app,
  page,
}) => {
  await app.open();
  const gemma = page.getByRole('listitem').filter({ hasText: /Gemma 3 1B/ });
  await expect(gemma.first()).toContainText(/f16/);
  await expect(gemma.first().getByRole('button', { name: /^Load/ })).toBeDisabled();
});
