import { DEMO, expect, test } from './support/faulty.ts';

const SHARD = `${DEMO}params_shard_1.bin`;

test('a download can be cancelled, and goes on when asked again', async ({ app, faults }) => {
  faults.fail(SHARD, { does: 'trickle', bytesPerS: 20_000 });
  await app.open();
  await app.button('Run the demo model').click();
  await app.expectSession('downloading');
  await expect(app.page.getByRole('progressbar')).toBeVisible();
  await app.button('Cancel').click();
  await app.expectSession('absent', 20_000);

  await app.runDemo();
});

test('a load can be cancelled after the download', async ({ app, page }) => {
  await app.open();
  await app.button('Run the demo model').click();
  // The phase is short: the click must not wait for a reaction.
  await page.evaluate(clickWhenLoading);
  await app.expectSession('absent', 20_000);

  await app.runDemo();
});

/** Runs in the page. */
function clickWhenLoading(): Promise<void> {
  const root = document.documentElement;
  return new Promise((done) => {
    const watch = new MutationObserver(check);
    watch.observe(document, { attributes: true, subtree: true, childList: true });
    check();

    function check(): void {
      const cancel = [...document.querySelectorAll('button')].find((b) => b.textContent === 'Cancel');
      if (root.dataset.session !== 'loading' || !cancel) return;
      watch.disconnect();
      cancel.click();
      done();
    }
  });
}
