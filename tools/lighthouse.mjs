// Lighthouse on a first visit, in a browser of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import lighthouse from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';
import { browserFlags, needBrowser } from './browser.mjs';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

/** It takes ten seconds; a busy machine may need more, and what takes this long hangs. */
const PATIENCE_MS = 120_000;
const STEP_MS = 100;

/**
 * @typedef {{ scores: Record<string, number>, weak: string[], broken: string[] }} Audit scores of 0 to 100 by category;
 *   the audits that fell short, with what Lighthouse says of them; those that could not be made
 * @param {string} url
 * @param {'desktop' | 'phone'} device as Lighthouse simulates it: a desktop on a fast line, or a telephone with a
 *   processor four times as slow on a slow one
 * @returns {Promise<Audit>}
 * @throws Error when the browser does not start, or Lighthouse does not end
 */
export async function audit(url, device) {
  const profile = await mkdtemp(join(tmpdir(), 'runs-here-lighthouse-'));
  // Playwright looks into every page and worker of its browsers, which takes time of theirs; nobody looks into this one.
  const flags = [...browserFlags('software'), '--headless=new', '--remote-debugging-port=0'];
  const browser = spawn(await needBrowser(), [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: 'ignore',
  });
  try {
    const port = await portOf(profile);
    const config = device === 'desktop' ? desktop : undefined;
    const options = { port, onlyCategories: CATEGORIES, logLevel: /** @type {const} */ ('error') };
    return summarise((await inTime(lighthouse(url, options, config)))?.lhr);
  } finally {
    await end(browser);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The browser writes down where it listens once it does. */
async function portOf(profile) {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const written = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
    if (written.includes('\n')) return Number.parseInt(written, 10);
    await delay(STEP_MS);
  }
  throw new Error('The browser for Lighthouse did not start.');
}

async function inTime(work) {
  const stopped = new AbortController();
  const late = delay(PATIENCE_MS, null, { signal: stopped.signal }).then(() => {
    throw new Error('Lighthouse did not come to an end.');
  });
  late.catch(() => undefined); // it is stopped when the work is done
  try {
    return await Promise.race([work, late]);
  } finally {
    stopped.abort();
  }
}

function summarise(report) {
  const audits = Object.values(report?.audits ?? {});
  const scores = CATEGORIES.map((name) => [name, Math.round(100 * (report?.categories[name]?.score ?? 0))]);
  return {
    scores: Object.fromEntries(scores),
    weak: audits
      .filter(({ score }) => score !== null && score < 0.9)
      .map(({ id, displayValue }) => [id, displayValue].filter(Boolean).join(': ')),
    broken: audits
      .filter(({ errorMessage }) => errorMessage)
      .map(({ id, errorMessage }) => `${id}: ${errorMessage}`),
  };
}

async function end(browser) {
  if (browser.exitCode !== null || browser.signalCode !== null) return;
  const ended = once(browser, 'exit');
  browser.kill('SIGTERM');
  await ended;
}
