import { AGREE, askFor, bareAddress, READY, readSpan, timeFromClick } from '../app.mjs';
import { withBallast } from '../ballast.mjs';
import { watchMemory } from '../memory.mjs';
import { PATHS } from '../site.mjs';
import { compare, describe, median } from '../stats.mjs';
import { deleteProfile, newProfile, visit } from '../visit.mjs';

const RUNS = 3;
const BALLAST_MB = 512;
const MB = 1e6;

/** web-llm says "stored" before the transaction is over, and the browser is closed next. */
const SETTLE_MS = 5000;

/** The two that are compared: the address that asks for a model, and the button that loads it. */
const SIDES = {
  app: { address: askFor, button: AGREE },
  bare: { address: (site, path) => bareAddress(site, path, { backend: 'indexeddb' }), button: 'Run' },
};
/** The demo model alone shows what starting the engine costs, whatever the weights. */
const MODELS = { whole: PATHS.ballast, alone: PATHS.demo };

/**
 * Loading a stored model of half a gigabyte in a browser that was started anew: from the click until it can be asked,
 * and the most memory that all processes of the browser take meanwhile, over what they took before.
 */
export const load = {
  name: 'load',
  title: `Loading ${BALLAST_MB} MB from IndexedDB: our store / web-llm's own backend`,
  async run() {
    return withBallast(BALLAST_MB, async (site) => {
      const profiles = { app: await newProfile(), bare: await newProfile() };
      try {
        for (const side of Object.keys(SIDES)) await storeModels(site, side, profiles[side]);
        return summarise(await measure(site, profiles));
      } finally {
        await Promise.all(Object.values(profiles).map(deleteProfile));
      }
    });
  },
};

async function storeModels(site, side, profile) {
  for (const path of Object.values(MODELS)) {
    await loadOnce(site, side, path, profile, SETTLE_MS);
  }
}

async function measure(site, profiles) {
  const found = { app: { whole: [], alone: [] }, bare: { whole: [], alone: [] } };
  for (let run = 0; run < RUNS; run++) {
    for (const model of Object.keys(MODELS)) {
      for (const side of Object.keys(SIDES))
        found[side][model].push(await loadOnce(site, side, MODELS[model], profiles[side]));
    }
  }
  return found;
}

function loadOnce(site, side, path, profile, settleMs = 0) {
  const { address, button } = SIDES[side];
  return visit(
    async ({ page }) => {
      await timeFromClick(page, button, READY);
      await page.goto(address(site, path));
      await page.waitForLoadState('networkidle');
      const memory = watchMemory(profile);
      await page.getByRole('button', { name: button }).click();
      const spanMs = await readSpan(page);
      const { idleBytes, peakBytes } = memory.stop();
      await page.waitForTimeout(settleMs);
      return { spanMs, extraMb: (peakBytes - idleBytes) / MB };
    },
    { profile },
  );
}

function summarise({ app, bare }) {
  const [appMs, bareMs] = [app, bare].map(({ whole }) => whole.map(({ spanMs }) => spanMs));
  const [appAlone, bareAlone] = [app, bare].map(({ alone }) => alone.map(({ spanMs }) => spanMs));
  const [appMb, bareMb] = [app, bare].map(({ whole }) => whole.map(({ extraMb }) => extraMb));
  return {
    rows: [
      { what: 'our store', unit: 'ms', ...describe(appMs) },
      { what: "web-llm's backend", unit: 'ms', ...describe(bareMs) },
      { what: "web-llm's backend / our store", unit: 'x', ...compare(bareMs, appMs) },
      { what: 'our store, demo model alone', unit: 'ms', ...describe(appAlone) },
      { what: "web-llm's backend, demo model alone", unit: 'ms', ...describe(bareAlone) },
      {
        what: 'the same, less the demo model alone',
        unit: 'x',
        value: grown(bareMs, bareAlone) / grown(appMs, appAlone),
      },
      { what: 'peak over idle, our store', unit: 'MB PSS', ...describe(appMb) },
      { what: "peak over idle, web-llm's backend", unit: 'MB PSS', ...describe(bareMb) },
      { what: 'saved by our store', unit: 'MB PSS', ...describe(minus(bareMb, appMb)) },
    ],
  };
}

/** What the ballast adds. Medians, because two noisy loads do not make a quieter difference. */
function grown(whole, alone) {
  return median(whole) - median(alone);
}

function minus(all, part) {
  return all.map((value, i) => value - part[i]);
}
