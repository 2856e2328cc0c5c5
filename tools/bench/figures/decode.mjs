import { askApp, askFor, bareAddress, limitAnswers, loadAsked, PROMPT } from '../app.mjs';
import { openSite, PATHS } from '../site.mjs';
import { compare, describe } from '../stats.mjs';
import { visit } from '../visit.mjs';

const RUNS = 9;
/** Short enough for neighbours to meet the same weather on a shared machine. */
const TOKENS = 128;

/**
 * Decode rate while the app shows the text, over a loop in a worker that shows nothing. Both models are loaded in one
 * browser, and asked in turn: the same prompt, the same count of tokens, an empty KV cache. The two pages lie on two
 * origins, for the app's service worker answers for all of its own.
 */
export const decode = {
  name: 'decode',
  title: `Decode rate over ${TOKENS} tokens: app / bare loop in a worker`,
  async run() {
    const [appSite, bareSite] = [await openSite(), await openSite()];
    const rates = await visit(async ({ page }) => {
      const bare = await page.context().newPage();
      await openBare(bare, bareSite);
      await openApp(page, appSite);
      return measure(page, bare);
    });
    await Promise.all([appSite.close(), bareSite.close()]);
    return {
      rows: [
        { what: 'app, its own figure', unit: 'tok/s', ...describe(rates.app) },
        { what: 'app, as the page shows the text', unit: 'tok/s', ...describe(rates.seen) },
        { what: 'app out of sight, its own figure', unit: 'tok/s', ...describe(rates.hidden) },
        { what: 'bare loop', unit: 'tok/s', ...describe(rates.bare) },
        { what: 'app (own figure) / bare loop', unit: 'x', ...compare(rates.app, rates.bare) },
        { what: 'app (as shown) / bare loop', unit: 'x', ...compare(rates.seen, rates.bare) },
        { what: 'app out of sight / bare loop', unit: 'x', ...compare(rates.hidden, rates.bare) },
      ],
    };
  },
};

async function openBare(tab, site) {
  await tab.goto(bareAddress(site, PATHS.endless));
  await tab.evaluate(() => window.bare.load());
}

async function openApp(tab, site) {
  await tab.goto(askFor(site, PATHS.endless));
  await loadAsked(tab);
  await limitAnswers(tab, TOKENS);
}

/**
 * One warm-up each, then in turn. The tab that is asked is in front, since others draw no frames; asked once more out
 * of sight, the app shows what drawing costs. Where the GPU is software, drawing and decoding share the processors.
 */
async function measure(app, bare) {
  const rates = { app: [], seen: [], hidden: [], bare: [] };
  for (let run = 0; run <= RUNS; run++) {
    await app.bringToFront();
    const { own, seen } = await askApp(app, PROMPT);
    const hidden = await askApp(app, PROMPT, { whenSent: () => bare.bringToFront() });
    const { decodeTps } = await bare.evaluate((question) => window.bare.ask(question), {
      prompt: PROMPT,
      maxTokens: TOKENS,
      shown: false,
    });
    if (run === 0) continue;
    rates.app.push(own);
    rates.seen.push(seen);
    rates.hidden.push(hidden.own);
    rates.bare.push(decodeTps);
  }
  return rates;
}
