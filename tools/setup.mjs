// Makes this checkout ready to work in: installs the packages of package-lock.json, if they are not there already.
// Plain Node, no packages, since it runs before there are any. `npm run setup`, and part of start and test.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Folder of this checkout. */
export const HOME = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Installs what is missing, with no install scripts run, and nothing outside this folder.
 * @returns {boolean} whether anything had to be installed
 * @throws Error when npm fails; what it said is on the screen by then
 */
export function setUp() {
  checkNode();
  if (isInstalled()) return false;
  console.log('Installing packages (npm ci) ...');
  const { status } = runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (status !== 0) throw new Error('npm ci failed. Is there a network, and a proxy set if one is needed?');
  return true;
}

/**
 * Runs npm itself, on every system, in this checkout.
 * @param {string[]} parameters
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function runNpm(parameters, options = {}) {
  // npm is a shell script on Windows, and says where it lies when it has started us.
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const shell = command === 'npm' && process.platform === 'win32';
  return spawnSync(command, [...first, ...parameters], { cwd: HOME, stdio: 'inherit', shell, ...options });
}

function checkNode() {
  const { engines } = readJson('package.json');
  const [major = 0, minor = 0] = engines.node.match(/\d+/g).map(Number);
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  throw new Error(`Node ${engines.node} is needed, and this is ${process.version}. See https://nodejs.org.`);
}

/**
 * npm writes down what it has installed. Entries that it skipped, the optional ones for other systems, may be absent.
 */
function isInstalled() {
  try {
    const wanted = readJson('package-lock.json').packages;
    const present = readJson(join('node_modules', '.package-lock.json')).packages;
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === '' || entry.version === present[path]?.version || isSkippable(entry, present[path]),
    );
  } catch {
    return false;
  }
}

function isSkippable(wanted, present) {
  return Boolean(wanted.optional) && !present;
}

function readJson(path) {
  return JSON.parse(readFileSync(join(HOME, path), 'utf8'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(setUp() ? 'Ready.' : 'Ready: nothing to do.');
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
