// `npm run measure`: the app's own benchmark without hands. A real browser opens the built app, measures, and the
// result is printed, as the page itself would copy or save it. Options: `npm run measure -- --help`.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserFlags, needBrowser } from '../browser.mjs';
import { freshen } from '../freshen.mjs';
import { listen, serveFolder } from '../serve/static.mjs';
import { HOME, setUp } from '../setup.mjs';
import { HELP, addressOf, moveLink, readOptions } from './options.mjs';
import { measure, readResult } from './page.mjs';

/** A port of its own that stays the same, because stored models belong to an origin with its port. */
const PORT = 4190;

async function main() {
  const wishes = readOptions(process.argv.slice(2));
  if (!wishes) return console.log(HELP);
  setUp();
  freshen();
  const text = await measureHere(wishes);
  if (wishes.out === null) console.log(text);
  else await writeFile(wishes.out, `${text}\n`);
}

/** @param {import('./options.mjs').Wishes} wishes */
async function measureHere(wishes) {
  const server = await serve();
  const context = await openBrowser(wishes);
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    context.setDefaultTimeout(wishes.patienceMs);
    await page.goto(server.url + addressOf(wishes));
    await measure(page, say);
    const text = await readResult(page, wishes.form);
    return wishes.form === 'link' ? moveLink(text, wishes.site) : text.trimEnd();
  } finally {
    await context.close();
    await server.close();
  }
}

async function serve() {
  try {
    return await listen(serveFolder(join(HOME, 'dist')), { port: PORT, host: '127.0.0.1' });
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${PORT} is taken. Is another measurement running? One at a time tells more.`, {
      cause: error,
    });
  }
}

function openBrowser({ headed, profile, flags }) {
  const folder = profile ?? join(HOME, 'node_modules', '.cache', 'runs-here', 'measure');
  return needBrowser().then((executablePath) =>
    chromium.launchPersistentContext(folder, {
      executablePath,
      headless: !headed,
      // Headless Chromium on Linux has WebGPU behind this flag only; it takes the GPU where it finds one.
      args: [...browserFlags('software'), ...flags],
      permissions: ['clipboard-read', 'clipboard-write'],
    }),
  );
}

/** How far it is goes where it does not get into the result. */
function say(text) {
  process.stderr.write(`${text}\n`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
