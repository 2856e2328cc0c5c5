// Which browser the tests run in, how it is started, and how it is killed.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** For every run: no sandbox (containers run as root), and no errands of the browser's own on the network. */
const ALWAYS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * How Chromium is started.
 * @param {'software' | 'no-adapter'} gpu `software`: WebGPU on the CPU, with no shader-f16, as far as a machine
 *   without a GPU goes. `no-adapter`: `navigator.gpu` is there and finds nothing.
 */
export function browserFlags(gpu) {
  return gpu === 'software' ? [...ALWAYS, '--enable-unsafe-webgpu'] : ALWAYS;
}

/**
 * Finds a Chromium: `CHROMIUM` in the environment, then the usual names on the path, then Playwright's own.
 * @returns {Promise<string | null>} path of the program
 * @throws Error when CHROMIUM names something that cannot be run
 */
export async function findBrowser() {
  const asked = process.env.CHROMIUM;
  if (asked) {
    if (isProgram(asked)) return asked;
    throw new Error(`CHROMIUM is set to ${asked}, which is not a program that can be run.`);
  }
  return onPath() ?? MAC.find(isProgram) ?? (await ofPlaywright());
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram) ?? null;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function ofPlaywright() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

/**
 * Finds a browser, or installs one where that needs no questions: on Debian and Ubuntu, as root.
 * @returns {Promise<string>} path of the program
 * @throws Error that says what to do
 */
export async function needBrowser() {
  const found = (await findBrowser()) ?? (installOnDebian() ? onPath() : null);
  if (found) return found;
  throw new Error(
    'The tests need Chromium or Chrome 121 or later, and none was found. Install one (on Debian: ' +
      '`apt-get install chromium`; anywhere: `npx playwright install chromium`), or set CHROMIUM to its path.',
  );
}

function installOnDebian() {
  if (!isDebian() || process.getuid?.() !== 0) return false;
  console.log('No browser found: installing chromium with apt-get ...');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return [['update'], ['install', '-y', '--no-install-recommends', 'chromium']].every(
    (parameters) =>
      spawnSync('apt-get', ['-qq', ...parameters], { stdio: 'inherit', env: environment }).status === 0,
  );
}

function isDebian() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Ends the browser that uses this profile, without warning it.
 * @param {string} profile a folder that only the caller's browser has
 */
export function killBrowser(profile) {
  const listed = execFileSync('ps', ['-eo', 'pid,args']).toString().split('\n');
  const own = listed.filter(
    (line) => line.includes(`--user-data-dir=${profile}`) && !line.includes('--type='),
  );
  for (const line of own) process.kill(Number.parseInt(line, 10), 'SIGKILL');
}
