import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { random } from '../src/bench/random.ts';
import { EVIL, inject, mutate } from '../src/share/hostile.ts';
import { kept } from './support/kept.ts';
import { expect, test } from './support/test.ts';

/** What one page makes of some hundred hostile links, one after the other. */
test.use({ gpu: 'no-webgpu' });

const GOLDEN = readFileSync(new URL('../src/share/golden-links.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(' ')[0]!);
const [OLDEST, NEWEST] = [GOLDEN[1]!, GOLDEN.at(-1)!];

/** HTML and the like in the place of each byte, so in every field; cut short, flipped, too long, of other versions. */
function hostile(): string[] {
  const next = random(20_261_122);
  const fields = [OLDEST, NEWEST].flatMap((link) =>
    Array.from({ length: 90 }, (_, at) => inject(link, at, EVIL[at % EVIL.length]!)),
  );
  const signs = EVIL.flatMap((text) => [`#r=${text}`, `#r=1.${text}`, `${NEWEST}${text}`, `#r=${text}.AAAA`]);
  const cut = [1, 4, 5, 6, 20, 100, NEWEST.length - 1].map((length) => NEWEST.slice(0, length));
  const long = [NEWEST.padEnd(4096, 'A'), NEWEST.padEnd(4097, 'A'), `#r=1.${'A'.repeat(100_000)}`];
  const versions = ['0', '3', '9999', '10000', '-1', '1.5', ''].map((v) => `#r=${v}.${NEWEST.slice(5)}`);
  const mutated = Array.from({ length: 150 }, () => mutate(GOLDEN, next));
  return [...fields, ...signs, ...cut, ...long, ...versions, ...mutated];
}

test('hundreds of hostile links get a sentence or a report each, and nothing else happens', async ({
  app,
  page,
}) => {
  test.setTimeout(300_000);
  await app.open(NEWEST);
  await expect(page.getByRole('heading', { name: /ran at/ })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForLoadState('networkidle');
  const before = await kept(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => asked.push('a dialog')));
  const entries = await page.evaluate(() => history.length);

  const links = hostile();
  expect(links.length).toBeGreaterThan(300);
  const seen = { reports: 0, sentences: 0 };
  for (const link of links) {
    const what = await follow(page, link);
    expect(what, link).toMatchObject({ foreign: [], wide: false });
    expect(what.text, link).not.toMatch(/[<>\p{Cf}]|onerror|__proto__|\bNaN\b|undefined/u);
    if (!link.startsWith('#r=')) expect(what, link).toMatchObject({ reports: 0, alerts: [] });
    else if (what.reports === 1 && what.alerts.length === 0) seen.reports += 1;
    else if (what.reports === 0 && /^[A-Z][^.]+\. [A-Z][^.]+\.$/.test(what.alerts.join('|')))
      seen.sentences += 1;
    else expect(what, link).toBeNull();
  }
  console.log(`${links.length} hostile links: ${seen.sentences} sentences, ${seen.reports} reports`);
  expect(Math.min(seen.sentences, seen.reports)).toBeGreaterThan(10);

  // Parts of the page itself are fetched when they come into view; nothing else is asked for.
  expect(asked.filter((url) => !url.startsWith(`${app.url}assets/`))).toEqual([]);
  expect(await kept(page)).toBe(before);
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(Math.max(50, entries));
});

/** What is to be seen once the page has gone to another page and from there to the link. */
function follow(page: Page, link: string) {
  return page.evaluate(async (hash) => {
    await go('#/storage', () => heading() === 'On this device');
    await go(hash, () => heading() !== 'On this device' && isThere());
    const main = document.querySelector('main')!;
    const { scrollWidth, clientWidth } = document.documentElement;
    return {
      alerts: [...main.querySelectorAll('[role=alert]')].map((one) => one.textContent),
      reports: main.querySelectorAll('#report-title').length,
      foreign: [...main.querySelectorAll('img, script, iframe, object, [onerror], [onload]')].map(
        ({ outerHTML }) => outerHTML,
      ),
      wide: scrollWidth > clientWidth,
      text: `${document.title} ${main.innerText}`,
    };

    // oxlint-disable-next-line unicorn/consistent-function-scoping -- what runs in the page must be all there
    function heading(): string | undefined {
      return document.querySelector('main h1')?.textContent;
    }

    /** A result, what is wrong with it, or another page. */
    function isThere(): boolean {
      const found = document.querySelector('main [role=alert], #report-title');
      return found !== null || heading() !== 'Shared result';
    }

    // oxlint-disable-next-line unicorn/consistent-function-scoping -- what runs in the page must be all there
    async function go(to: string, hasArrived: () => boolean): Promise<void> {
      location.hash = to;
      while (!hasArrived()) await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, link);
}
