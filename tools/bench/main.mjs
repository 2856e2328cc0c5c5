// `npm run bench`: what the app costs over the least that does the same, as ratios measured side by side in one run.
//
//   npm run bench -- [--only NAME[,NAME]] [--json FILE]
//
// No thresholds: it prints what it saw. Absolute figures belong to this machine; ratios travel better.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { runNpm, setUp } from '../setup.mjs';
import { decode } from './figures/decode.mjs';
import { download } from './figures/download.mjs';
import { firstToken } from './figures/first-token.mjs';
import { kill } from './figures/kill.mjs';
import { lighthouse } from './figures/lighthouse.mjs';
import { link } from './figures/link.mjs';
import { list } from './figures/list.mjs';
import { load } from './figures/load.mjs';
import { longTask } from './figures/long-task.mjs';
import { measured } from './figures/measured.mjs';
import { memory } from './figures/memory.mjs';
import { open } from './figures/open.mjs';
import { page } from './figures/page.mjs';
import { pairs } from './figures/pairs.mjs';
import { formatTable } from './print.mjs';
import { checkBuilt } from './site.mjs';

const FIGURES = [
  page,
  link,
  firstToken,
  decode,
  measured,
  pairs,
  load,
  longTask,
  download,
  open,
  memory,
  list,
  kill,
  lighthouse,
];

async function main() {
  const { figures, json } = parseOptions();
  setUp();
  build();
  const results = {};
  for (const figure of figures) {
    const { rows, data } = await figure.run();
    results[figure.name] = { title: figure.title, rows, data };
    console.log(`\n${formatTable(figure.title, rows)}`);
  }
  if (json) await save(json, results);
}

function parseOptions() {
  const string = { type: 'string' };
  const { values } = parseArgs({ options: { only: string, json: string } });
  const names = values.only?.split(',') ?? FIGURES.map(({ name }) => name);
  const unknown = names.filter((name) => !FIGURES.some((figure) => figure.name === name));
  if (unknown.length > 0)
    throw new Error(
      `No figure ${unknown.join(', ')}. Figures: ${FIGURES.map(({ name }) => name).join(', ')}.`,
    );
  return { figures: FIGURES.filter(({ name }) => names.includes(name)), json: values.json };
}

/** All pages from the sources as they are. */
function build() {
  for (const script of ['build', 'build:bare', 'build:room']) {
    const { status, stdout, stderr } = runNpm(['run', '--silent', script], {
      stdio: 'pipe',
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`npm run ${script} failed:\n${stdout}${stderr}`);
  }
  checkBuilt();
}

async function save(file, figures) {
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(
    file,
    `${JSON.stringify({ madeUtc: new Date().toISOString(), machine, figures }, null, 2)}\n`,
  );
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
