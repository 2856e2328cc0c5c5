import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import type { AxeResults, ImpactValue } from 'axe-core';

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Finding {
  rule: string;
  impact: ImpactValue | undefined;
  where: string;
  html: string;
  why: string | undefined;
}

/** No finding of axe on the page as it is now. Evaluated by the debugger, which the page's policy does not bind. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const findings = await page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    const { violations } = await axe.run({ runOnly: rules });
    return violations.flatMap((violation): Finding[] =>
      violation.nodes.map((node) => ({
        rule: violation.id,
        impact: violation.impact,
        where: node.target.join(' '),
        html: node.html,
        why: node.failureSummary,
      })),
    );
  }, RULES);
  expect(findings, 'findings of axe').toEqual([]);
}

/** Nothing is wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, window: visible } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(content, 'width of the content').toBeLessThanOrEqual(visible);
}

/** Every screen is seen on a phone and on a desktop, by day and by night. */
const WIDTHS = [360, 1280];
const SCHEMES = ['light', 'dark'] as const;

/** No finding of axe and nothing too wide, in every look of the page as it is now. */
export async function expectGoodInEveryLook(page: Page): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      await test.step(`${width} pixels, ${colorScheme}`, async () => {
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
      });
    }
  }
}
