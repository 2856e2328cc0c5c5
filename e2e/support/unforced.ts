import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { browserFlags } from '../../tools/browser.mjs';
import { test as base } from './test.ts';

export { expect } from './test.ts';

const FLAGS = ['--headless=new', '--remote-debugging-port=0'];

/**
 * As `test`, but in a browser as visitors start it: Playwright tells the pages of its own ones that they are always in front, so
 * that no tab of theirs is ever hidden.
 */
export const test = base.extend({
  context: async ({ playwright, launchOptions, server }, use) => {
    void server; // it must outlive the browser
    const profile = await mkdtemp(join(tmpdir(), 'runs-here-'));
    const flags = [...browserFlags('software'), ...FLAGS, `--user-data-dir=${profile}`];
    const child = spawn(launchOptions.executablePath!, [...flags, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const gone = once(child, 'exit');
    const browser = await playwright.chromium.connectOverCDP(await addressOf(child.stderr), {
      noDefaults: true,
    });
    await use(browser.contexts()[0]!);
    await browser.close();
    child.kill();
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  },
});

/** Chromium says where it listens. */
async function addressOf(said: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: said })) {
    const address = /ws:\/\/\S+/.exec(line);
    if (address) return address[0];
  }
  throw new Error('The browser ended before it said where it listens.');
}
