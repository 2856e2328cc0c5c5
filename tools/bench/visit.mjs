// A browser for one measurement.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserFlags, needBrowser } from '../browser.mjs';

/** Nothing here may take longer: then it hangs. */
const PATIENCE_MS = 300_000;

/**
 * @typedef {{ page: import('@playwright/test').Page, profile: string }} Visit
 * @template T
 * @param {(visit: Visit) => Promise<T>} measure
 * @param {{ profile?: string }} [options] without a profile it is a first visit, and its profile is deleted after it
 * @returns {Promise<T>}
 */
export async function visit(measure, { profile } = {}) {
  const folder = profile ?? (await newProfile());
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await needBrowser(),
    args: browserFlags('software'),
  });
  context.setDefaultTimeout(PATIENCE_MS);
  let isOpen = true; // a measurement may kill its browser
  context.once('close', () => (isOpen = false));
  try {
    return await measure({ page: context.pages()[0] ?? (await context.newPage()), profile: folder });
  } finally {
    if (isOpen) await context.close();
    if (!profile) await deleteProfile(folder);
  }
}

export function newProfile() {
  return mkdtemp(join(tmpdir(), 'runs-here-bench-'));
}

export function deleteProfile(profile) {
  return rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
