import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runnerImport } from 'vite';
import { HOME } from '../../setup.mjs';
import { noteShown, pageScripts, whenShown } from '../../shown.mjs';
import { openSite, PATHS } from '../site.mjs';
import { compare, describe } from '../stats.mjs';
import { visit } from '../visit.mjs';

/** Results of each plan, whose links differ a little in length. */
const RESULTS = 5;
/** Share by which times vary: a machine that does other things as well. */
const NOISE = 0.1;
const ROUNDS = 500;
const OPENINGS = 7;

/** How long the link of a result is, what making and reading it takes, and how soon a report stands on the page. */
export const link = {
  name: 'link',
  title: 'A result as a link: length, encode + decode, and a cold opening / an empty page',
  async run() {
    const share = await importShare();
    const standard = await share.measured(share.STANDARD);
    const site = await openSite();
    const opened = await openColdly(site, share.writeLink(standard, { histogram: true }));
    await site.close();
    return {
      rows: [
        ...(await lengths(share)),
        { what: 'encode + decode, with histogram', unit: 'ms', ...describe(times(share, standard)) },
        ...rowsOf(opened),
      ],
    };
  },
};

/** The app's own code, which Node cannot read as it stands. */
async function importShare() {
  const files = ['bench/plan', 'share/link', 'share/samples'];
  const modules = await Promise.all(
    files.map((file) => runnerImport(join(HOME, `src/${file}.ts`), { configFile: false, logLevel: 'error' })),
  );
  return Object.assign({}, ...modules.map(({ module }) => module));
}

async function lengths({ QUICK, STANDARD, THOROUGH, measured, writeLink }) {
  const rows = [];
  for (const plan of [QUICK, STANDARD, THOROUGH]) {
    const seeds = Array.from({ length: RESULTS }, (_, at) => at + 1);
    const results = await Promise.all(seeds.map((seed) => measured(plan, NOISE, seed)));
    for (const histogram of [false, true])
      rows.push({
        what: `link, ${plan.preset}${histogram ? ', with histogram' : ''}`,
        unit: 'signs',
        ...describe(results.map((result) => writeLink(result, { histogram }).length)),
      });
  }
  return rows;
}

/** @returns {number[]} ms */
function times({ writeLink, openLink }, result) {
  return Array.from({ length: ROUNDS }, () => {
    const startMs = performance.now();
    const { ok } = openLink(writeLink(result, { histogram: true }));
    if (!ok) throw new Error('A link could not be read back.');
    return performance.now() - startMs;
  });
}

/** In turn, each in a browser that has never seen the site. */
async function openColdly(site, fragment) {
  const found = { report: [], empty: [], scripts: [] };
  for (let run = 0; run < OPENINGS; run++) {
    const empty = await show(site.url + PATHS.empty, 'p');
    const report = await show(site.url + fragment, '#report-title');
    found.empty.push(empty.ms);
    found.report.push(report.ms);
    found.scripts.push(pageScripts(report.asked).map((url) => new URL(url).pathname));
  }
  return found;
}

function show(url, selector) {
  return visit(async ({ page }) => {
    await page.addInitScript(noteShown, selector);
    await page.goto(url);
    await page.waitForFunction(whenShown);
    return page.evaluate(whenShown);
  });
}

function rowsOf({ report, empty, scripts }) {
  const bytes = scripts.map((paths) =>
    paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(HOME, 'dist', path))).length, 0),
  );
  const engine = scripts.flat().some((path) => path.includes('web-llm'));
  return [
    { what: 'cold opening to the report', unit: 'ms', ...describe(report) },
    { what: 'an empty page of the same server', unit: 'ms', ...describe(empty) },
    { what: 'report / empty page', unit: 'x', ...compare(report, empty) },
    { what: 'scripts before the report', unit: 'B gzip', ...describe(bytes) },
    { what: 'engine chunk fetched', unit: '', value: engine ? 'yes' : 'no' },
  ];
}
