import { expect, test } from 'vitest';
import { countTests, readCounts, total } from './test-counts.mjs';

test('counts the tests of a vitest report', () => {
  const report = { success: true, numPassedTests: 7, numFailedTests: 0, numPendingTests: 1, numTodoTests: 2 };
  expect(countTests(report)).toEqual({ passed: 7, failed: 0, skipped: 3 });
});

test('counts a vitest file that could not be loaded as a failure', () => {
  const report = {
    success: false,
    numPassedTests: 7,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
  };
  expect(countTests(report).failed).toBe(1);
});

test('counts the tests of a Playwright report, with the errors outside of tests', () => {
  const report = { stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 3 }, errors: [{}] };
  expect(countTests(report)).toEqual({ passed: 6, failed: 3, skipped: 3 });
});

test('a report that was not written counts nothing', () => {
  expect(readCounts('/nowhere/report.json')).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

test('adds up', () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  expect(total([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
});
