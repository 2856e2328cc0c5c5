import { defineConfig } from '@playwright/test';
import { browserFlags, needBrowser } from './tools/browser.mjs';

export default defineConfig({
  testDir: 'e2e',
  // One browser at a time: the GPU is software on two cores, and journeys with timings must not disturb each other.
  workers: 1,
  fullyParallel: false,
  // Journeys kill processes and wait for a GPU in software: on a busy shared machine one may meet bad weather. What fails
  // twice is broken; what fails once is reported as flaky. At a desk nothing is run twice.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./e2e/support/fault-figure.ts']],
  outputDir: 'test-results',
  use: {
    trace: 'retain-on-failure',
    actionTimeout: 20_000,
    launchOptions: { executablePath: await needBrowser(), args: browserFlags('software') },
  },
  projects: [
    { name: 'app', testDir: 'e2e', testIgnore: /e2e\/\w+\// },
    { name: 'bench', testDir: 'e2e/bench' },
    { name: 'weights', testDir: 'e2e/weights' },
    { name: 'library', testDir: 'e2e/library' },
  ],
});
