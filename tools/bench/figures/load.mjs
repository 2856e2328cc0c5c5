import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOME } from '../../setup.mjs';
import { AGREE, askFor, bareAddress, loadAsked, READY, readSpan, timeFromClick } from '../app.mjs';
import { watchMemory } from '../memory.mjs';
import { openSite, PATHS } from '../site.mjs';
import { compare, describe } from '../stats.mjs';
import { deleteProfile, newProfile, visit } from '../visit.mjs';

const RUNS = 3;
const BALLAST_MB = 512;
const MB = 1e6;

/**
 * Loading a stored model of half a gigabyte in a browser that was started anew: from the click until it can be asked,
 * and the most memory that all processes of the browser take meanwhile, over what they took before.
 */
export const load = {
  name: 'load',
  title: `Loading ${BALLAST_MB} MB from IndexedDB: our store / web-llm's own backend`,
  async run() {
    const ballast = await makeBallast();
    const site = await openSite({ ballast });
    const app = await newProfile();
    const bare = await newProfile();
    try {
      await visit(({ page }) => storeInApp(page, site), { profile: app });
      await visit(({ page }) => storeInBare(page, site), { profile: bare });
      return summarise(await measure(site, app, bare));
    } finally {
      await site.close();
      await Promise.all([deleteProfile(app), deleteProfile(bare), rm(ballast, { recursive: true })]);
    }
  },
};

/** The demo model with half a gigabyte of weights that nothing reads, but everything loads. */
async function makeBallast() {
  const folder = await mkdtemp(join(tmpdir(), 'runs-here-ballast-'));
  const tool = join(HOME, 'tools/demo-model/ballast.mjs');
  execFileSync(process.execPath, [tool, '--mb', String(BALLAST_MB), '--out', folder], { stdio: 'pipe' });
  return folder;
}

const bareOfSite = (site) => bareAddress(site, PATHS.ballast, { backend: 'indexeddb' });

async function storeInApp(page, site) {
  await page.goto(askFor(site, PATHS.ballast));
  await loadAsked(page);
}

async function storeInBare(page, site) {
  await page.goto(bareOfSite(site));
  await page.getByRole('button', { name: 'Run' }).click();
  await page.waitForFunction(READY);
  // It says "stored" before the transaction is over (facts of web-llm 0.2.86), and the browser is closed next.
  await page.waitForTimeout(5000);
}

async function measure(site, app, bare) {
  const found = { app: [], bare: [] };
  for (let run = 0; run < RUNS; run++) {
    found.app.push(await loadOnce(app, askFor(site, PATHS.ballast), AGREE));
    found.bare.push(await loadOnce(bare, bareOfSite(site), 'Run'));
  }
  return found;
}

function loadOnce(profile, address, button) {
  return visit(
    async ({ page }) => {
      await timeFromClick(page, button, READY);
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      const memory = watchMemory(profile);
      await page.getByRole('button', { name: button }).click();
      const spanMs = await readSpan(page);
      const { idleBytes, peakBytes } = memory.stop();
      return { spanMs, extraBytes: peakBytes - idleBytes };
    },
    { profile },
  );
}

function summarise({ app, bare }) {
  const [appMs, bareMs] = [app, bare].map((runs) => runs.map(({ spanMs }) => spanMs));
  const [appMb, bareMb] = [app, bare].map((runs) => runs.map(({ extraBytes }) => extraBytes / MB));
  const savedMb = bareMb.map((value, i) => value - appMb[i]);
  return {
    rows: [
      { what: 'our store', unit: 'ms', ...describe(appMs) },
      { what: "web-llm's backend", unit: 'ms', ...describe(bareMs) },
      { what: "web-llm's backend / our store", unit: 'x', ...compare(bareMs, appMs) },
      { what: 'peak over idle, our store', unit: 'MB PSS', ...describe(appMb) },
      { what: "peak over idle, web-llm's backend", unit: 'MB PSS', ...describe(bareMb) },
      { what: 'saved by our store', unit: 'MB PSS', ...describe(savedMb) },
    ],
  };
}
