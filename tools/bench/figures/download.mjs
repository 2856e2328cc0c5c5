import { filesOf, withBallast } from '../ballast.mjs';
import { ballastOf, download as downloadModel, openRoom } from '../room.mjs';
import { PATHS } from '../site.mjs';
import { compare, describe } from '../stats.mjs';
import { visit } from '../visit.mjs';

const RUNS = 5;
const BALLAST_MB = 512;
/** As many as the store fetches at a time. */
const PARALLEL = 4;

/** Fetching, checking and storing a model, over fetching the same files and throwing them away. */
export const download = {
  name: 'download',
  title: `Throughput on loopback, ${BALLAST_MB} MB: download and verify / plain fetch thrown away`,
  async run() {
    return withBallast(BALLAST_MB, async (site, folder) => {
      const urls = filesOf(folder).map((path) => site.url + PATHS.ballast + path);
      const rates = { ours: [], plain: [] };
      for (let run = 0; run < RUNS; run++) {
        rates.plain.push(
          await measure(site, (page) => page.evaluate(fetchAll, { urls, parallel: PARALLEL })),
        );
        rates.ours.push(await measure(site, (page) => downloadModel(page, ballastOf(site))));
      }
      return {
        rows: [
          { what: 'download and verify', unit: 'MB/s', ...describe(rates.ours) },
          { what: 'plain fetch', unit: 'MB/s', ...describe(rates.plain) },
          { what: 'download and verify / plain fetch', unit: 'x', ...compare(rates.ours, rates.plain) },
        ],
      };
    });
  },
};

/** @returns {Promise<number>} MB/s in a browser that has never seen the site */
function measure(site, work) {
  return visit(async ({ page }) => {
    await openRoom(page, site);
    const { bytes, ms } = await work(page);
    return bytes / 1000 / ms;
  });
}

/** Runs in the page. */
async function fetchAll({ urls, parallel }) {
  const start = performance.now();
  const queue = [...urls];
  let bytes = 0;
  const work = async () => {
    for (let url = queue.shift(); url; url = queue.shift()) {
      const { body } = await fetch(url, { cache: 'no-store' });
      for await (const piece of body) bytes += piece.length;
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { bytes, ms: performance.now() - start };
}
