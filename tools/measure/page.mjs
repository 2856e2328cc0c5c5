// The page, driven by the names of its controls, as somebody with a screen reader would drive it.
import { readFile } from 'node:fs/promises';

const START = /^(Measure|Load and measure|Download, load and measure)$/;
const STEP_MS = 2_000;

/**
 * Starts the measurement that the address prepared and waits for its end.
 * @param {import('@playwright/test').Page} page
 * @param {(text: string) => void} say is told what the page says of its progress
 * @throws Error with what the page says, when it cannot measure
 */
export async function measure(page, say) {
  await startMeasuring(page);
  let said = '';
  for (;;) {
    const { session, bench, text } = await look(page);
    if (bench === 'done') return;
    if (bench === 'failed' || session === 'failed') throw new Error(await readFailure(page));
    if (text !== '' && text !== said) say((said = text));
    await page.waitForTimeout(STEP_MS);
  }
}

async function startMeasuring(page) {
  const start = page.getByRole('button', { name: START });
  const unknown = page.getByText(/This page knows no model|none that this page can read/);
  const broken = page.getByRole('alert');
  await start.or(unknown).or(broken).first().waitFor();
  if ((await unknown.count()) > 0)
    throw new Error(`Nothing was measured: ${await unknown.first().innerText()}`);
  if ((await start.count()) === 0) throw new Error(await readFailure(page));
  await start.click();
}

/** Reading the page costs it a few microseconds, two seconds apart. */
function look(page) {
  return page.evaluate(() => ({
    session: document.documentElement.dataset.session,
    bench: document.documentElement.dataset.bench,
    text: document.querySelector('output')?.textContent.trim() ?? '',
  }));
}

async function readFailure(page) {
  const alert = page.getByRole('alert').first();
  const code = await page.locator('html').getAttribute('data-code');
  const text = (await alert.count()) > 0 ? await alert.innerText() : 'The page did not say why.';
  return `Nothing was measured${code ? ` (${code})` : ''}: ${text.replaceAll(/\s+/g, ' ').trim()}`;
}

/**
 * The result in one of its forms.
 * @param {import('@playwright/test').Page} page that shows it
 * @param {string} form one of `FORMS`
 * @returns {Promise<string>}
 */
export function readResult(page, form) {
  if (form === 'link') return copied(page, 'Copy link');
  if (form === 'markdown') return copied(page, 'Copy as Markdown');
  return saved(page, `Save as ${form.toUpperCase()}`);
}

async function copied(page, name) {
  await page.getByRole('button', { name, exact: true }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function saved(page, name) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  return readFile(await (await download).path(), 'utf8');
}
