import { filesOf, withBallast } from '../ballast.mjs';
import { ballastOf, openRoom, storeBallast } from '../room.mjs';
import { LIBRARY } from '../site.mjs';
import { compare, describe } from '../stats.mjs';
import { deleteProfile, newProfile, visit } from '../visit.mjs';

const RUNS = 5;
const BALLAST_MB = 2000;
/** As the store names them. */
const DATABASE = 'runs-here-weights';
const LIBRARY_PATH = '@library.wasm';

/** Opening a stored model and reading it as the engine does, over reading the same Blobs and nothing else. */
export const open = {
  name: 'open',
  title: `Opening a stored model of ${BALLAST_MB} MB: through the store / its Blobs raw`,
  async run() {
    return withBallast(BALLAST_MB, async (site, folder) => {
      const profile = await newProfile();
      try {
        await visit(({ page }) => storeBallast(page, site), { profile });
        return summarise(await measure(site, filesOf(folder), profile));
      } finally {
        await deleteProfile(profile);
      }
    });
  },
};

/** Each in a browser that was started anew, in turn. */
async function measure(site, files, profile) {
  const ask = {
    id: ballastOf(site).id,
    paths: files.map((path) => (path === LIBRARY ? LIBRARY_PATH : path)),
    database: DATABASE,
  };
  const found = { ours: [], raw: [] };
  for (let run = 0; run < RUNS; run++) {
    found.raw.push(await readOnce(site, profile, readRaw, ask));
    found.ours.push(await readOnce(site, profile, readStored, ask));
  }
  return found;
}

function readOnce(site, profile, work, ask) {
  return visit(
    async ({ page }) => {
      await openRoom(page, site);
      return page.evaluate(work, ask);
    },
    { profile },
  );
}

/** Runs in the page. */
async function readStored({ id, paths }) {
  const { remote, end } = window.room.reader();
  const read = await remote.open(id, paths);
  end();
  return read;
}

/** Runs in the page. */
async function readRaw({ database }) {
  const { remote, end } = window.room.reader();
  const read = await remote.raw(database);
  end();
  return read;
}

function summarise({ ours, raw }) {
  const bytes = new Set([...ours, ...raw].map((read) => read.bytes));
  if (bytes.size > 1) throw new Error(`Not the same bytes were read: ${[...bytes].join(', ')}.`);
  const [oursMs, rawMs] = [ours, raw].map((reads) => reads.map(({ ms }) => ms));
  return {
    rows: [
      { what: 'through the store', unit: 'ms', ...describe(oursMs) },
      { what: 'its Blobs raw', unit: 'ms', ...describe(rawMs) },
      { what: 'through the store / raw', unit: 'x', ...compare(oursMs, rawMs) },
    ],
  };
}
