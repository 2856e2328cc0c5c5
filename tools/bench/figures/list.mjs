import { withBallast } from '../ballast.mjs';
import { openRoom, storeBallast } from '../room.mjs';
import { compare, describe, median } from '../stats.mjs';
import { deleteProfile, newProfile, visit } from '../visit.mjs';

const RUNS = 5;
const BALLAST_MB = 4000;
/** Calls in one browser, after its first. */
const CALLS = 20;

/** Asking what is stored: that must not read it. */
export const list = {
  name: 'list',
  title: `Asking what is stored, with ${BALLAST_MB} MB in the store and with nothing in it`,
  async run() {
    return withBallast(BALLAST_MB, async (site) => {
      const profiles = { full: await newProfile(), empty: await newProfile() };
      try {
        await visit(({ page }) => storeBallast(page, site), { profile: profiles.full });
        return summarise(await measure(site, profiles));
      } finally {
        await Promise.all(Object.values(profiles).map(deleteProfile));
      }
    });
  },
};

async function measure(site, profiles) {
  const found = { full: [], empty: [] };
  for (let run = 0; run < RUNS; run++) {
    for (const [name, profile] of Object.entries(profiles))
      found[name].push(await visit(({ page }) => time(page, site), { profile }));
  }
  return found;
}

async function time(page, site) {
  await openRoom(page, site);
  const [first, ...later] = await page.evaluate(callList, CALLS + 1);
  return { first, later, typical: median(later) };
}

/** Runs in the page. */
async function callList(calls) {
  const spans = [];
  for (let call = 0; call < calls; call++) {
    const start = performance.now();
    await window.room.weights.list();
    spans.push(performance.now() - start);
  }
  return spans;
}

function summarise({ full, empty }) {
  const [firstFull, firstEmpty] = [full, empty].map((runs) => runs.map(({ first }) => first));
  const [oneFull, oneEmpty] = [full, empty].map((runs) => runs.map(({ typical }) => typical));
  return {
    rows: [
      { what: 'a call, full', unit: 'ms', ...describe(full.flatMap(({ later }) => later)) },
      { what: 'a call, empty', unit: 'ms', ...describe(empty.flatMap(({ later }) => later)) },
      { what: 'full / empty', unit: 'x', ...compare(oneFull, oneEmpty) },
      { what: 'the first call, its worker started, full', unit: 'ms', ...describe(firstFull) },
      { what: 'the first call, its worker started, empty', unit: 'ms', ...describe(firstEmpty) },
    ],
  };
}
