import { killBrowser } from '../../browser.mjs';
import { startFaultServer } from '../../serve/faults.mjs';
import { shardsOf, withBallast } from '../ballast.mjs';
import { download, openRoom, variantAt } from '../room.mjs';
import { describe } from '../stats.mjs';
import { deleteProfile, newProfile, visit } from '../visit.mjs';

const RUNS = 5;
const BALLAST_MB = 256;
const MB = 1e6;
/** Per file. Four at a time make 160 Mbit/s: what is sent is read at once, and does not wait in the system. */
const BYTES_PER_S = 5 * MB;
/** When so much of a file was sent the browser is killed; in each run a little later, since bytes are kept in chunks. */
const UNTIL_BYTES = 14 * MB;
const LATER_BYTES = 1.3 * MB;
const WATCHED = 'ballast_shard_1.bin';
const POLL_MS = 20;

/** What is fetched twice because the browser was killed in the middle of a download, as the server counts it. */
export const kill = {
  name: 'kill',
  title: `Fetched again after the browser was killed while downloading ${BALLAST_MB} MB`,
  async run() {
    return withBallast(BALLAST_MB, async (site, folder) => {
      const runs = [];
      for (let run = 0; run < RUNS; run++) {
        runs.push(await killOnce(site, folder, UNTIL_BYTES + run * LATER_BYTES));
      }
      return {
        rows: [
          { what: 'files in flight', unit: '', ...describe(runs.map((again) => again.length)) },
          { what: 'of each of them, fetched again', unit: 'MB', ...describe(runs.flat()) },
        ],
        data: runs,
      };
    });
  },
};

/** @returns {Promise<number[]>} MB fetched again, of each file in flight */
async function killOnce(site, folder, untilBytes) {
  const server = await startFaultServer({ root: folder });
  const profile = await newProfile();
  try {
    const shards = shardsOf(folder);
    for (const { path } of shards) server.fail(path, { does: 'trickle', bytesPerS: BYTES_PER_S });
    await visit(({ page }) => dieHalfway(page, site, server, { profile, untilBytes }), { profile });
    const inFlight = shards.filter(({ path, bytes }) => server.sent(path) > 0 && server.sent(path) < bytes);
    server.heal();
    await visit(({ page }) => resume(page, site, server), { profile });
    return inFlight.map(({ path, bytes }) => (server.sent(path) - bytes) / MB);
  } finally {
    await server.close();
    await deleteProfile(profile);
  }
}

async function dieHalfway(page, site, server, { profile, untilBytes }) {
  await openRoom(page, site);
  const dead = page.context().waitForEvent('close');
  download(page, variantAt('ballast', server.url)).catch(() => {}); // the browser dies under it
  while (server.sent(WATCHED) < untilBytes) await page.waitForTimeout(POLL_MS);
  killBrowser(profile);
  await dead;
}

async function resume(page, site, server) {
  await openRoom(page, site);
  await download(page, variantAt('ballast', server.url));
}
