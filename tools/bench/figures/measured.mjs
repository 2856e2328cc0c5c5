import { askFor, bareAddress, loadAsked, measureWith, PROMPT } from '../app.mjs';
import { openSite, PATHS } from '../site.mjs';
import { compare, describe, median } from '../stats.mjs';
import { visit } from '../visit.mjs';

const TURNS = 7;
const TOKENS = 128;
const RUNS = 3;
const PLAN = `tg${TOKENS}_w1_r${RUNS}-${RUNS}`;

/**
 * The rate that the app's benchmark tells, over that of a loop in a worker with web-llm alone: what measuring costs.
 * Nothing is drawn meanwhile by either. Both are asked in turn in one browser, from an empty KV cache; the loop reads a
 * prompt of a dozen tokens first, the benchmark one of a single token.
 */
export const measured = {
  name: 'measured',
  title: `Decode rate by the app's own benchmark (tg${TOKENS}) / bare loop in a worker`,
  async run() {
    const [appSite, bareSite] = [await openSite(), await openSite()];
    const rates = await visit(async ({ page }) => {
      const bare = await page.context().newPage();
      await bare.goto(bareAddress(bareSite, PATHS.endless));
      await bare.evaluate(() => window.bare.load());
      await page.goto(askFor(appSite, PATHS.endless));
      await loadAsked(page);
      return takeTurns(page, bare);
    });
    await Promise.all([appSite.close(), bareSite.close()]);
    return {
      rows: [
        { what: 'app, its benchmark', unit: 'tok/s', ...describe(rates.app) },
        { what: 'bare loop', unit: 'tok/s', ...describe(rates.bare) },
        { what: 'app / bare loop', unit: 'x', ...compare(rates.app, rates.bare) },
      ],
    };
  },
};

/** Each turn is the median of a few runs; the first, in which everything is new, does not count. */
async function takeTurns(app, bare) {
  const rates = { app: [], bare: [] };
  for (let turn = 0; turn <= TURNS; turn++) {
    await app.bringToFront();
    const [{ median_ts: own }] = await measureWith(app, PLAN);
    const loops = [];
    for (let run = 0; run < RUNS; run++) loops.push(await askBare(bare));
    if (turn === 0) continue;
    rates.app.push(own);
    rates.bare.push(median(loops));
  }
  return rates;
}

async function askBare(bare) {
  const question = { prompt: PROMPT, maxTokens: TOKENS, shown: false };
  const { decodeTps } = await bare.evaluate((asked) => window.bare.ask(asked), question);
  return decodeTps;
}
