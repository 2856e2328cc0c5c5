import { expect, test } from 'vitest';
import { sampleResult } from '../bench/samples.ts';
import { writeLink } from './link.ts';
import { linksIn } from './paste.ts';

const ONE = writeLink(await sampleResult()).slice(1);
const OTHER = writeLink(await sampleResult({ decodeMs: () => 31 })).slice(1);
const NONE = { tokens: [], refused: [], isCut: false };

test('links are found wherever they stand in a text, each once and in order', () => {
  const text = `Mine: https://runs.example/#${OTHER}, and <a href="https://runs.example/x/?y=1#${ONE}">his</a>.
    Again **https://runs.example/#${OTHER}** (https://runs.example/#${ONE})`;
  expect(linksIn(text)).toEqual({ ...NONE, tokens: [OTHER, ONE] });
});

test('a link of a comparison gives its results', () => {
  const written = encodeURIComponent(`${ONE}~id-7~${OTHER}`);
  expect(linksIn(`https://runs.example/#/measure?compare=${written}`).tokens).toEqual([ONE, OTHER]);
  expect(linksIn(`#/measure?compare=${written.replaceAll('~', '%7E')}`).tokens).toEqual([ONE, OTHER]);
});

test('what is no result is refused in a sentence, and counted', () => {
  const text = `#${ONE} #r=1.AAAA #r=1.AAAB #r=999.AAAA #r=1.${'A'.repeat(5000)}`;
  const { tokens, refused } = linksIn(text);
  expect(tokens).toEqual([ONE]);
  expect(refused.map(({ count }) => count)).toEqual([2, 1, 1]);
  for (const { message } of refused) expect(message).toMatch(/^This link .*\.$/);
});

test.each([
  ['nothing', ''],
  ['prose', 'It ran at 41 tok/s, r = 1.5, see #r and #r= and #r=abc.'],
  ['markup', '<script>alert(1)</script><img src=x onerror=alert(1) id="#r=<b>">'],
  ['names of objects', '#r=__proto__ #r=constructor compare=r%3D__proto__'],
  ['odd signs', '\u202E#r=\u200B1.AAAA\0 %E0%A4%A'],
])('%s holds no result', (_, text) => {
  expect(linksIn(text)).toEqual(NONE);
});

test('a huge text is read up to a limit, and in a moment', () => {
  const start = performance.now();
  expect(linksIn(`${'#r=1.'.repeat(2_000_000)}#${ONE}`)).toMatchObject({ tokens: [], isCut: true });
  expect(linksIn(`#r=1.${'A'.repeat(9_000_000)}`)).toMatchObject({ tokens: [], isCut: true });
  expect(linksIn(`${'x'.repeat(300_000)}#${ONE}`)).toEqual({ ...NONE, isCut: true });
  expect(performance.now() - start).toBeLessThan(1000);
});

test('of ten thousand links the first hundred are looked at', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `#r=1.x${at}`).join(' ');
  const { tokens, refused, isCut } = linksIn(`#${ONE} ${many}`);
  expect(tokens).toEqual([ONE]);
  expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(99);
  expect(isCut).toBe(true);
});
