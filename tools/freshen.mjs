// The built app, built again when a source is newer than it.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HOME, runNpm } from './setup.mjs';

const SOURCES = ['src', 'public', 'tools/build', 'index.html', 'vite.config.ts', 'package-lock.json'];

/**
 * Makes `dist` what the sources say. What it prints goes to the error output, for some callers print results.
 * @throws Error when the build fails; what it said is on the screen by then
 */
export function freshen() {
  if (isOutdated()) build();
}

/** Whether a source is newer than the build, or there is no build. */
function isOutdated() {
  const built = statSync(join(HOME, 'dist', 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return SOURCES.some((source) => newest(join(HOME, source)) > built);
}

/** Time of the latest change in a file or a folder, in ms; 0 if it does not exist. */
function newest(path) {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts?.isDirectory()) return facts?.mtimeMs ?? 0;
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function build() {
  console.error('Building (the first time takes about a minute) ...');
  const { status } = runNpm(['run', '--silent', 'build'], { stdio: ['ignore', process.stderr, 'inherit'] });
  if (status !== 0) throw new Error('The build failed; see above.');
}
