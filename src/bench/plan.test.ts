import { assert, constantFrom, integer, oneof, property, string, tuple, uniqueArray } from 'fast-check';
import { describe, expect as claim, it } from 'vitest';
import {
  contextNeeded,
  expect,
  isDefault,
  isPlan,
  MEASURE,
  parseCase,
  parsePlan,
  PRESETS,
  presetPlan,
  QUICK,
  STANDARD,
  writePlan,
} from './plan.ts';

describe('a case', () => {
  it('is what its llama-bench name says', () => {
    claim(parseCase('pp512')).toEqual({
      name: 'pp512',
      kind: 'pp',
      promptTokens: 512,
      generateTokens: 0,
      depth: 0,
    });
    claim(parseCase('tg128@d2048')).toMatchObject({ promptTokens: 0, generateTokens: 128, depth: 2048 });
    claim(parseCase('chat64')).toMatchObject({ promptTokens: null, generateTokens: 64, depth: 0 });
  });

  it.each([
    '',
    'pp',
    'pp0',
    'pp-1',
    'pp1e3',
    'tg999999',
    'chat64@d5',
    'tg1@d0',
    'PP512',
    ' pp512',
    '__proto__',
  ])('is refused when its name is %j', (name) => claim(parseCase(name)).toBeNull());

  it('needs room for depth, prompt, answer and the token after it', () => {
    claim(contextNeeded(parseCase('pp512@d2048')!)).toBe(2561);
  });
});

describe('a plan', () => {
  it.each(PRESETS)('%s is valid and survives the URL', (name) => {
    const plan = presetPlan(name);
    claim(isPlan(plan)).toBe(true);
    claim(plan.cases.length).toBeGreaterThan(1);
    claim(writePlan(plan)).toBe(name);
    claim(parsePlan(name)).toEqual(plan);
  });

  it('of the button Measure has one warm-up and three runs of prompts that are token ids', () => {
    claim(MEASURE).toMatchObject({ warmups: 1, minRuns: 3, maxRuns: 3 });
    claim(MEASURE.cases.some((c) => c.kind === 'chat')).toBe(false);
  });

  it('of one’s own survives the URL without any escaping', () => {
    const text = 'pp512_tg128-d2048_w2_r3-7';
    const plan = parsePlan(text)!;
    claim(plan).toMatchObject({ preset: 'custom', warmups: 2, minRuns: 3, maxRuns: 7 });
    claim(plan.cases.map((c) => c.name)).toEqual(['pp512', 'tg128@d2048']);
    claim(writePlan(plan)).toBe(text);
    claim(encodeURIComponent(text)).toBe(text);
  });

  it('that equals a preset is that preset', () => {
    claim(parsePlan('pp128_tg64_w1_r3-3')).toBe(MEASURE);
    claim(isDefault(parsePlan('pp128_tg64_w1_r3-4')!)).toBe(false);
    claim(isDefault({ ...QUICK, warmups: 2 })).toBe(false);
    claim(writePlan({ ...QUICK, warmups: 2 })).toBe('pp512_tg128_chat64_w2_r5-10');
  });

  it.each([
    '',
    'w1_r3-3',
    'pp512_pp512',
    'pp512_r7-3',
    'pp512_r0-3',
    'pp512_w9',
    'pp512_r1-99',
    'pp512_x',
    'constructor',
    'pp512_'.repeat(100),
    Array.from({ length: 17 }, (_, i) => `pp${i + 1}`).join('_'),
  ])('is refused when the URL says %j', (text) => claim(parsePlan(text)).toBeNull());
});

describe('an own plan', () => {
  it('survives its address, whatever its numbers are', () => {
    const name = tuple(
      constantFrom('pp', 'tg'),
      integer({ min: 1, max: 32_768 }),
      integer({ min: 0, max: 131_072 }),
    );
    const cases = uniqueArray(name, { minLength: 1, maxLength: 16, selector: String });
    const runs = tuple(integer({ min: 1, max: 50 }), integer({ min: 0, max: 49 }));
    assert(
      property(cases, runs, integer({ min: 0, max: 5 }), (named, [least, more], warmups) => {
        const parts = named.map(
          ([kind, tokens, depth]) => `${kind}${tokens}${depth > 0 ? `-d${depth}` : ''}`,
        );
        const text = [...parts, `w${warmups}`, `r${least}-${Math.min(50, least + more)}`].join('_');
        const plan = parsePlan(text)!;
        claim(plan.cases).toHaveLength(named.length);
        claim(parsePlan(writePlan(plan))).toEqual(plan);
      }),
    );
  });

  it('is a plan within its limits or none, whatever the address says', () => {
    const signs = constantFrom(...'ptgcha0123459@-_dwr '.split(''));
    const hostile = oneof(string({ maxLength: 500 }), string({ unit: signs, maxLength: 40 }));
    assert(
      property(hostile, (text) => {
        const plan = parsePlan(text);
        claim(plan === null || isPlan(plan)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the time that a plan takes', () => {
  it('is prefill and decode of all runs', () => {
    const took = expect(MEASURE, { prefillTps: 128, decodeTps: 64 });
    // One run: 128 tokens at 128/s, then one token to start from and 64 at 64/s.
    claim(took.leastMs).toBeCloseTo(4 * (1000 + 1000 / 128 + 1000), 6);
    claim(took.mostMs).toBe(took.leastMs);
  });

  it('is a range where more runs may be needed, and counts the depth', () => {
    const { leastMs, mostMs } = expect(STANDARD, { prefillTps: 1000, decodeTps: 50 });
    claim(mostMs / leastMs).toBeCloseTo(11 / 6, 6);
    claim(leastMs).toBeGreaterThan(6 * 2048);
  });

  it('of Quick is 36 to 66 s where prefill gives 500 and decode 40 tokens a second, the check apart', () => {
    const { leastMs, mostMs } = expect(QUICK, { prefillTps: 500, decodeTps: 40 });
    claim([leastMs, mostMs].map((ms) => Math.ceil(ms / 1000))).toEqual([36, 66]);
  });

  it('of Quick is about a minute and a half where prefill gives 400 and decode 40 tokens a second', () => {
    const { leastMs, mostMs } = expect(QUICK, { prefillTps: 400, decodeTps: 40 });
    claim(leastMs).toBeGreaterThan(30_000);
    claim(mostMs).toBeLessThan(120_000);
  });
});
