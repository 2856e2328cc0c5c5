import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parsePlan } from '../bench/plan.ts';
import { random } from '../bench/random.ts';
import type { Result } from '../bench/result.ts';
import { sampleResult } from '../bench/samples.ts';
import { mutate } from '../share/hostile.ts';
import { writeLink } from '../share/link.ts';
import { cardOf, cardText } from './card.ts';
import { doubtsAbout } from './doubts.ts';
import { compared, leftOut } from './history-compare.ts';
import { comparePasted } from './history-compare-paste.ts';
import { history } from './history.ts';
import { endOf, laneOf, rivalsOf, summaryOf } from './replay.ts';
import { tableOf } from './report-files.ts';
import { findingsOf } from './report-findings.ts';
import { view } from './report.ts';
import { followAddress, route } from './route.ts';
import { settings } from './settings.ts';
import { addressOfComparison, runHereAddress, shared } from './shared.ts';

/** Every mutated link goes the whole way that the page takes it, in front of traps for all that could be touched. */

const ROUNDS = 50_000;
/** The later stages compute a lot, so only each of so many links that open goes through them. */
const EACH = 200;

const GOLDEN = readFileSync(new URL('../share/golden-links.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(' ')[0]!);

const THINK = parsePlan('think64_chat8_w1_r3-3')!;

const touched: string[] = [];
let follow = () => {};
const bar = { hash: '', href: 'https://runs-here.example/' };

/** Whatever is done with it is noted, and fails as in a browser that forbids it. */
function trap(name: string): unknown {
  const note = (how: string) => {
    touched.push(`${name} ${how}`);
    throw new Error(`${name} must not be touched`);
  };
  return new Proxy(Map, {
    get: (_, key) => note(`.${String(key)}`),
    set: (_, key) => note(`.${String(key)} =`),
    apply: () => note('()'),
    construct: () => note('new'),
  });
}

const FORBIDDEN = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'Worker',
  'BroadcastChannel',
  'indexedDB',
  'caches',
  'localStorage',
  'sessionStorage',
  'navigator',
  'document',
  'open',
];

beforeAll(async () => {
  const mine = await sampleResult();
  history.value = [{ id: 'mine', result: mine }];
  vi.stubGlobal('location', bar);
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => (follow = listener));
  followAddress();
  const noted = { pushState: trap('history'), replaceState: trap('history') };
  vi.stubGlobal('history', noted);
  for (const name of FORBIDDEN) vi.stubGlobal(name, trap(name));
});

afterAll(() => vi.unstubAllGlobals());

/** As when somebody follows a link. */
function visit(hash: string): void {
  bar.hash = hash;
  follow();
}

/** The link opened on its page; null where one calm sentence is shown instead. */
function opened(link: string): Result | null {
  visit(link);
  const found = shared.value;
  if (!found) {
    expect(route.value.page, link).toBe('models');
    return null;
  }
  if (found.ok) return found.result;
  if (!/^[A-Z][\w ]+\.$/.test(found.message) || !/^[A-Z][\w ,]+\.$/.test(found.hint))
    throw new Error(`${found.code} is not told calmly`);
  return null;
}

/** All that the page makes of a result, as text. */
function shown(link: string, result: Result): string {
  const report = view(result, true);
  const card = cardOf(result, true, bar.href);
  const lane = laneOf(result);
  const lanes = lane ? [lane, ...rivalsOf(result, history.value)] : [];
  expect(lanes.map(endOf).every(Number.isFinite)).toBe(true);
  const said = [doubtsAbout(result), runHereAddress(result), cardText(card), summaryOf(lanes)];
  const own = { ...card, code: null };
  visit(addressOfComparison(['mine', link.slice(1)]));
  const { comparison, cases } = compared.value!;
  return JSON.stringify([
    report,
    findingsOf(result),
    tableOf(result),
    own,
    lanes.map(({ detail }) => detail),
    said,
    comparison,
    cases,
  ]);
}

/** How many of the mutated links open. A failure names the seed and the link. */
function fuzz(seed: number, links: readonly string[]): number {
  const next = random(seed);
  let accepted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const link = mutate(links, next);
    try {
      const result = opened(link);
      if (!result) continue;
      accepted += 1;
      if (accepted % EACH === 0) expect(shown(link, result)).not.toMatch(/[<>\p{Cc}\p{Cf}]|NaN|undefined/u);
    } catch (error) {
      throw new Error(`seed ${seed}, round ${round}: ${link}`, { cause: error });
    }
  }
  return accepted;
}

const SEEDS = [7, Math.floor(Math.random() * 2 ** 31)];

test.each(SEEDS)(
  'mutated links are shown or refused, and touch nothing: 50,000 by the seed %i',
  async (seed) => {
    const before = JSON.stringify([settings.value, history.value]);
    const chat = await sampleResult({ decodeMs: (run, step) => 20 + ((run * 7 + step) % 5) });
    const thinking = await sampleResult({ thoughtTokens: 20, endsAfter: 30 }, THINK);
    const links = [...GOLDEN, ...[chat, thinking].map((one) => writeLink(one, { histogram: true }))];
    expect(fuzz(seed, links)).toBeGreaterThan(ROUNDS / 100);
    expect(touched).toEqual([]);
    expect(JSON.stringify([settings.value, history.value])).toBe(before);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
  300_000,
);

test('a mutated link among others is compared without it, or left out with a word', async () => {
  const next = random(11);
  const good = writeLink(await sampleResult()).slice(1);
  for (let round = 0; round < 50; round++) {
    const bad = mutate(GOLDEN, next).slice(1);
    visit(addressOfComparison([good, bad, 'mine']));
    expect(compared.value ?? leftOut.value).not.toBeNull();
    expect(comparePasted(`see ${bad} and https://runs-here.example/#${good}`).address).not.toBeNull();
  }
  expect(touched).toEqual([]);
}, 60_000);
