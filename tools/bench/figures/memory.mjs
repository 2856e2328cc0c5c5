import { AGREE, askFor, waitForSession } from '../app.mjs';
import { withBallast } from '../ballast.mjs';
import { watchMemory } from '../memory.mjs';
import { PATHS } from '../site.mjs';
import { describe } from '../stats.mjs';
import { deleteProfile, newProfile, visit } from '../visit.mjs';

const RUNS = 3;
const BALLAST_MB = 1000;
const MB = 1e6;

/**
 * The most memory that all processes of the browser take, over what they took before: while a model is downloaded, and
 * while it is loaded in a browser that was started anew. Where the GPU is software, its memory is theirs too.
 */
export const memory = {
  name: 'memory',
  title: `Most memory over idle with a model of ${BALLAST_MB} MB, all processes of the browser`,
  async run() {
    return withBallast(BALLAST_MB, async (site) => {
      const found = { downloading: [], loading: [] };
      for (let run = 0; run < RUNS; run++) {
        const profile = await newProfile();
        found.downloading.push(await peak(site, profile, 'loading'));
        found.loading.push(await peak(site, profile, 'ready'));
        await deleteProfile(profile);
      }
      return summarise(found);
    });
  },
};

/** @returns {Promise<number>} MB over idle, from the click on Load until the app is in this state */
function peak(site, profile, state) {
  return visit(
    async ({ page }) => {
      await page.goto(askFor(site, PATHS.ballast));
      await page.waitForLoadState('networkidle');
      const watch = watchMemory(profile);
      await page.getByRole('button', { name: AGREE }).click();
      await waitForSession(page, state);
      const { idleBytes, peakBytes } = watch.stop();
      return (peakBytes - idleBytes) / MB;
    },
    { profile },
  );
}

function summarise({ downloading, loading }) {
  const beyond = loading.map((mb) => mb - BALLAST_MB);
  return {
    rows: [
      { what: 'downloading', unit: 'MB PSS', ...describe(downloading) },
      { what: 'loading', unit: 'MB PSS', ...describe(loading) },
      { what: 'loading, less the ballast', unit: 'MB PSS', ...describe(beyond) },
    ],
  };
}
