import { expect, type Locator, type Page } from '@playwright/test';
import type { App } from './app.ts';

/** A measurement of the demo model on a software GPU. */
const MEASURED_MS = 240_000;

/** What the page shows while it measures. */
export function measuring(page: Page): Locator {
  return page.getByRole('region', { name: 'Measuring' });
}

/**
 * Begins to measure the demo model by a plan, and waits until the page says this of its progress.
 * @returns where the plan's first case will stand in the report
 */
export async function measureUntil(app: App, plan: string, said: string): Promise<Locator> {
  await startMeasuring(app, plan);
  await expect(measuring(app.page)).toContainText(said, { timeout: MEASURED_MS });
  return app.page.getByRole('region', { name: plan.split('_')[0]!, exact: true });
}

/** Measures the demo model by a plan. */
export async function measureDemo(app: App, plan: string): Promise<void> {
  await startMeasuring(app, plan);
  await expectMeasured(app);
}

/** Waits for the end of a measurement. */
export async function expectMeasured(app: App): Promise<void> {
  await expect(app.root()).toHaveAttribute('data-bench', 'done', { timeout: MEASURED_MS });
}

async function startMeasuring(app: App, plan: string): Promise<void> {
  await app.open(`#/measure?plan=${plan}&variant=demo-q4f32_1`);
  await app.button('Download, load and measure').click();
}
