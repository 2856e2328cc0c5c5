import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startFaultServer } from '../../tools/serve/faults.mjs';
import { headersFor, parseHeaders } from '../../tools/serve/headers.mjs';
import { test as base } from './test.ts';

export { expect } from './test.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const HEADERS = fileURLToPath(new URL('../../public/_headers', import.meta.url));

/** Folder of the demo model on the server, as the fault server names paths. */
export const DEMO = 'models/demo/resolve/main/';

type FaultServer = Awaited<ReturnType<typeof startFaultServer>>;

/** As `test`, but the app comes from a server that fails where it is told to. */
export const test = base.extend<{ faults: FaultServer }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs out of this pattern
  faults: async ({}, use) => {
    const headers = headersFor(parseHeaders(readFileSync(HEADERS, 'utf8')), '/');
    const faults = await startFaultServer({ root: DIST, headers });
    await use(faults);
    await faults.close();
  },
  server: async ({ faults }, use) => use({ url: faults.url, stop: faults.close }),
});
