// How many tests passed and failed, out of the JSON reports of vitest and Playwright.
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {string} file a report, which is absent when its step did not run
 * @returns {Counts}
 */
export function readCounts(file) {
  return existsSync(file) ? countTests(JSON.parse(readFileSync(file, 'utf8'))) : total([]);
}

/**
 * @param {object} report vitest's (Jest's format) or Playwright's; a test that passed when repeated has passed
 * @returns {Counts}
 */
export function countTests(report) {
  if (report.stats) {
    const { expected, flaky, unexpected, skipped } = report.stats;
    return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped };
  }
  const { success, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  // A file that cannot be loaded fails without a failed test in it.
  const failed = Math.max(numFailedTests, success ? 0 : 1);
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}

/**
 * @param {Counts[]} counts
 * @returns {Counts}
 */
export function total(counts) {
  const sum = (key) => counts.reduce((all, one) => all + one[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
