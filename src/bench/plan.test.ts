import { assert, constantFrom, integer, oneof, property, string, tuple, uniqueArray } from 'fast-check';
import { describe, expect as claim, it } from 'vitest';
import {
  contextNeeded,
  isDefault,
  isPlan,
  MEASURE,
  parseCase,
  parsePlan,
  planFor,
  PRESETS,
  presetPlan,
  QUICK,
  timesOf,
  writePlan,
  type Plan,
  type Times,
} from './plan.ts';

function lastTimes(plan: Plan): Times {
  return timesOf(plan, plan.cases.at(-1)!);
}

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
    claim(parseCase('think1024')).toMatchObject({ kind: 'think', promptTokens: null, generateTokens: 1024 });
  });

  it.each([
    '',
    'pp',
    'pp0',
    'pp-1',
    'pp1e3',
    'tg999999',
    'chat64@d5',
    'think64@d5',
    'think',
    'think0',
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

describe('a plan for a model that thinks', () => {
  it.each(['quick', 'standard', 'thorough'] as const)(
    '%s ends with a thought, and is still itself',
    (name) => {
      const plan = presetPlan(name, true);
      claim(plan.cases.map((c) => c.name)).toEqual([
        ...presetPlan(name).cases.map((c) => c.name),
        'think1024',
      ]);
      claim(isPlan(plan) && isDefault(plan)).toBe(true);
      claim(writePlan(plan)).toBe(name);
      claim(parsePlan(name, true)).toEqual(plan);
      claim(parsePlan(name, false)).toBe(presetPlan(name));
    },
  );

  it('the short one is the same for every model', () => claim(presetPlan('measure', true)).toBe(MEASURE));

  it('runs its thought once in Quick, and three times where runs are many', () => {
    claim(lastTimes(presetPlan('quick', true))).toMatchObject({ warmups: 1, minRuns: 1, maxRuns: 1 });
    claim(lastTimes(presetPlan('thorough', true))).toMatchObject({ warmups: 1, minRuns: 3, maxRuns: 3 });
    claim(lastTimes(parsePlan('think64_w0_r2-9')!)).toMatchObject({ warmups: 0, minRuns: 2, maxRuns: 2 });
    claim(timesOf(QUICK, QUICK.cases[0]!)).toMatchObject({ minRuns: 5, maxRuns: 10 });
  });

  it('is what its model makes of a preset, and an own plan stays', () => {
    claim(planFor(QUICK, true)).toEqual(presetPlan('quick', true));
    claim(planFor(presetPlan('quick', true), false)).toBe(QUICK);
    const own = parsePlan('pp8_w1_r1-1')!;
    claim(planFor(own, true)).toBe(own);
  });

  it('can be a preset without its thought, and another plan with one', () => {
    const without = parsePlan('pp512_tg128_chat64_w1_r5-10', true)!;
    claim(without.preset).toBe('custom');
    claim(writePlan(without)).toBe('pp512_tg128_chat64_w1_r5-10');
    const added = parsePlan('pp512_tg128_chat64_think1024_w1_r5-10')!;
    claim(added.preset).toBe('custom');
    claim(parsePlan('pp512_tg128_chat64_think1024_w1_r5-10', true)).toEqual(presetPlan('quick', true));
  });
});

describe('an own plan', () => {
  it('survives its address, whatever its numbers are', () => {
    const name = tuple(
      constantFrom('pp', 'tg', 'chat', 'think'),
      integer({ min: 1, max: 32_768 }),
      integer({ min: 0, max: 131_072 }),
    ).map(([kind, tokens, depth]) => [kind, tokens, kind.length > 2 ? 0 : depth] as const);
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
    const signs = constantFrom(...'ptgchaink0123459@-_dwr '.split(''));
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
