// The app and the page with web-llm alone, as somebody who clicks sees them.
import { readFile } from 'node:fs/promises';
import { PATHS } from './site.mjs';

/** A question with a long answer. */
export const PROMPT = 'Tell me a story about a brave fox.';

/** True once the first token of an answer is shown; run in the page. */
export const FIRST_TOKEN = {
  app: () =>
    parseInt(
      document.querySelector('section[aria-label="Speed"] dl > :last-child dd')?.textContent ?? '',
      10,
    ) > 0,
  bare: () => document.querySelector('[role="log"]')?.textContent !== '',
};

/** True once a model can be asked something; run in the page. */
export const READY = () => document.documentElement.dataset.session === 'ready';

/**
 * Makes the page take the time from a click to something it shows. Both stamps are the page's own, so that driving
 * the browser from outside costs nothing.
 * @param {import('@playwright/test').Page} page that is not opened yet
 * @param {string} button the click on a button with this text starts the clock
 * @param {() => boolean} seen stops it; it may use nothing but the page
 */
export async function timeFromClick(page, button, seen) {
  await page.addInitScript({ content: `(${installClock})(${JSON.stringify(button)}, ${seen})` });
}

/** Runs in the page. */
function installClock(button, seen) {
  let clickMs = null;
  const onClick = ({ target }) => {
    if (target.closest?.('button')?.textContent.trim() === button) clickMs ??= performance.now();
  };
  addEventListener('click', onClick, { capture: true });
  const watch = new MutationObserver(() => {
    if (clickMs === null || !seen()) return;
    window.spanMs = performance.now() - clickMs;
    watch.disconnect();
  });
  watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

/** @returns {Promise<number>} ms from the click to what was waited for */
export async function readSpan(page) {
  const span = await page.waitForFunction(() => window.spanMs ?? document.documentElement.dataset.code);
  const value = await span.jsonValue();
  if (typeof value === 'string') throw new Error(`The app failed with ${value}.`);
  return value;
}

/** Waits for a state of the app, and fails when it fails. */
export async function waitForSession(page, state) {
  await page.waitForFunction(
    (wanted) => [wanted, 'failed'].includes(document.documentElement.dataset.session),
    state,
  );
  const { session, code } = await page.evaluate(() => ({ ...document.documentElement.dataset }));
  if (session !== state) throw new Error(`The app failed with ${code}.`);
}

/** The address of the app that asks for a model of the site. */
export function askFor(site, path) {
  return `${site.url}?${new URLSearchParams({ model: site.url + path, lib: site.library })}`;
}

/** The address of the page with web-llm alone, for a model of the site. */
export function bareAddress(site, path, options = {}) {
  const model = site.url + path;
  return `${site.url}${PATHS.bare}?${new URLSearchParams({ model, lib: site.library, ...options })}`;
}

/** The button on a page whose address asks for a model. */
export const AGREE = 'Download and load it';

/** Agrees to load the model that the address asks for. */
export async function loadAsked(page) {
  await page.getByRole('button', { name: AGREE }).click();
  await waitForSession(page, 'ready');
}

/** Sets the longest answer, as a visitor would. */
export async function limitAnswers(page, tokens) {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('Longest answer, in tokens').fill(String(tokens));
  await page.getByRole('button', { name: 'Done' }).click();
}

/**
 * Asks the app in an empty chat and reads its figures. `whenSent` is called while the answer is under way.
 * @returns {Promise<{ own: number, seen: number | null, tokens: number }>} decode rates in tok/s: the app's own figure, and what
 *   the page showed: tokens between the first and the last change, over the time between
 */
export async function askApp(page, prompt, { whenSent = async () => {} } = {}) {
  const newChat = page.getByRole('button', { name: 'New chat' });
  if ((await newChat.count()) > 0) await newChat.click();
  await page.evaluate(watchText);
  await page.getByRole('textbox', { name: 'Message' }).fill(prompt);
  await page.getByRole('button', { name: 'Send' }).click();
  await whenSent();
  await waitForSession(page, 'busy');
  await waitForSession(page, 'ready');
  const seen = await page.evaluate(() => window.grown());
  const [own, tokens] = await Promise.all(['Decode', 'Tokens'].map((term) => readFigure(page, term)));
  return { own, seen, tokens };
}

/** Runs in the page: while an answer is written, notes how many tokens are shown and when. */
function watchText() {
  const speed = document.querySelector('section[aria-label="Speed"]');
  const shown = [];
  const watch = new MutationObserver(() => {
    const tokens = parseInt(speed.querySelector('dl > :last-child dd').textContent, 10);
    const busy = document.documentElement.dataset.session === 'busy';
    if (busy && tokens > (shown.at(-1)?.tokens ?? 0)) shown.push({ tokens, ms: performance.now() });
  });
  watch.observe(speed, { subtree: true, childList: true, characterData: true });
  window.grown = () => {
    watch.disconnect();
    const [first, last] = [shown[0], shown.at(-1)];
    if (first === last) return null; // a page out of sight shows nothing before the end
    return (1000 * (last.tokens - first.tokens)) / (last.ms - first.ms);
  };
}

/** The number in one of the app's figures. */
export async function readFigure(page, term) {
  const value = page.locator(`section[aria-label="Speed"] dt:text-is("${term}") + dd`);
  return parseFloat((await value.innerText()).replaceAll(',', ''));
}

/**
 * Measures by a plan with the app's own benchmark, as a visitor would.
 * @param {import('@playwright/test').Page} page whose model is loaded
 * @param {string} plan as it stands in an address
 * @returns {Promise<object[]>} the lines of the result: one a case, in llama-bench's columns
 */
export async function measureWith(page, plan) {
  await page.evaluate((hash) => (location.hash = hash), `#/measure?plan=${plan}`);
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  await waitForBench(page, 'running');
  await waitForBench(page, 'done');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSONL', exact: true }).first().click();
  const text = await readFile(await (await download).path(), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function waitForBench(page, state) {
  await page.waitForFunction(
    (wanted) => [wanted, 'failed'].includes(document.documentElement.dataset.bench),
    state,
  );
  const { bench, code } = await page.evaluate(() => ({ ...document.documentElement.dataset }));
  if (bench !== state) throw new Error(`The measurement failed with ${code}.`);
}
