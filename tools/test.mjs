// `npm test`: everything, from a fresh clone. `npm test -- unit e2e` runs only these steps.
//
// Each step is an npm script, so that it can be run by itself. The first failure ends the run, with what it printed.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { needBrowser } from './browser.mjs';
import { HOME, runNpm, setUp } from './setup.mjs';
import { readCounts, total } from './test-counts.mjs';

const REPORTS = join(HOME, 'node_modules', '.cache', 'runs-here', 'reports');
const UNIT = join(REPORTS, 'unit.json');
const E2E = join(REPORTS, 'e2e.json');

/**
 * @typedef {{ name: string, script: string, parameters?: string[], shown?: boolean, environment?: object }} Step
 *   `shown`: it takes long and says how far it is, so its output is not held back until it fails.
 * @type {Step[]}
 */
const STEPS = [
  { name: 'format', script: 'format:check' },
  { name: 'lint', script: 'lint' },
  { name: 'types', script: 'types' },
  {
    name: 'unit',
    script: 'unit',
    parameters: ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`],
    shown: true,
  },
  { name: 'build', script: 'build' },
  { name: 'library', script: 'library', parameters: ['--check'] },
  {
    name: 'e2e',
    script: 'e2e',
    parameters: ['--reporter=list,json,./e2e/support/fault-figure.ts'],
    shown: true,
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: E2E },
  },
];

async function main() {
  const steps = chooseSteps(process.argv.slice(2));
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  setUp();
  const environment = steps.some(needsBrowser) ? { CHROMIUM: await needBrowser() } : {};
  const passed = steps.every((step) => runStep(step, environment));
  const counts = total([readCounts(UNIT), readCounts(E2E)]);
  console.log(
    `\n${counts.passed} passed, ${counts.failed} failed` +
      (counts.skipped ? `, ${counts.skipped} skipped` : ''),
  );
  if (!passed || counts.failed > 0) process.exitCode = 1;
}

function chooseSteps(names) {
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0)
    throw new Error(`No step ${unknown.join(', ')}. Steps: ${STEPS.map(({ name }) => name).join(', ')}.`);
  return names.length === 0 ? STEPS : STEPS.filter((step) => names.includes(step.name));
}

function needsBrowser(step) {
  return step.name === 'e2e';
}

/** @returns {boolean} whether it passed */
function runStep(step, environment) {
  if (step.shown) console.log(`\n${step.name} ...`);
  const start = performance.now();
  const { status, output } = runScript(step, environment);
  const passed = status === 0;
  if (!passed && output) console.error(output);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${step.name.padEnd(8)} ${seconds.padStart(6)} s`);
  return passed;
}

function runScript(step, environment) {
  const result = runNpm(['run', '--silent', step.script, '--', ...(step.parameters ?? [])], {
    stdio: step.shown ? 'inherit' : 'pipe',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...environment, ...step.environment },
  });
  return {
    status: result.status,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`,
  };
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
