import { bareAddress, FIRST_TOKEN, PROMPT, readSpan, timeFromClick } from '../app.mjs';
import { openSite, PATHS } from '../site.mjs';
import { compare, describe } from '../stats.mjs';
import { visit } from '../visit.mjs';

const RUNS = 5;

/** From the click to the first token on the screen, in a browser that has never seen the site. */
export const firstToken = {
  name: 'first-token',
  title: 'Click to first token of the demo model, cold: app / web-llm alone',
  async run() {
    const site = await openSite();
    const app = [];
    const bare = [];
    for (let run = 0; run < RUNS; run++) {
      app.push(await timeApp(site));
      bare.push(await timeBare(site));
    }
    await site.close();
    return {
      rows: [
        { what: 'app', unit: 'ms', ...describe(app) },
        { what: 'web-llm alone', unit: 'ms', ...describe(bare) },
        { what: 'app / web-llm alone', unit: 'x', ...compare(app, bare) },
      ],
    };
  },
};

function timeApp(site) {
  return visit(async ({ page }) => {
    await timeFromClick(page, 'Run the demo model', FIRST_TOKEN.app);
    await page.goto(site.url);
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Run the demo model' }).click();
    return readSpan(page);
  });
}

function timeBare(site) {
  return visit(async ({ page }) => {
    await timeFromClick(page, 'Run', FIRST_TOKEN.bare);
    await page.goto(bareAddress(site, PATHS.demo, { prompt: PROMPT, tokens: '16' }));
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Run' }).click();
    return readSpan(page);
  });
}
