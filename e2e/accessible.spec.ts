import { expectAccessible, expectNoSidewaysScroll } from './support/accessible.ts';
import { expect, test } from './support/test.ts';

const SIZES = [
  { name: 'a phone', width: 360, height: 740 },
  { name: 'a desktop', width: 1280, height: 800 },
];

for (const { name, width, height } of SIZES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${name}, ${colorScheme}: every screen passes axe and fits`, async ({ app, page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await app.open();
      await expectGood();
      await app.runDemo();
      await expectGood();
      for (const place of ['Models', 'Results']) {
        await page.getByRole('link', { name: place, exact: true }).click();
        await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
        await expectGood();
      }
      await app.button('Settings').click();
      await expectGood();

      async function expectGood(): Promise<void> {
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      }
    });
  }
}

test.describe('without WebGPU', () => {
  test.use({ gpu: 'no-webgpu' });
  test('the first screen passes axe', async ({ app, page }) => {
    await app.open();
    await expectAccessible(page);
  });
});
