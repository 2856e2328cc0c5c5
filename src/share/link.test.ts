import { readFileSync } from 'node:fs';
import { assert, asyncProperty, constantFrom, integer, record, string } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { findings } from '../bench/findings.ts';
import { sentence } from '../bench/format.ts';
import { figures } from '../bench/measure.ts';
import { MEASURE, parsePlan, presetPlan, QUICK } from '../bench/plan.ts';
import { refusal } from '../bench/refusal.ts';
import type { Result } from '../bench/result.ts';
import { OPTIONS, PLACE, sampleResult } from '../bench/samples.ts';
import { summarize, validRuns } from '../bench/summary.ts';
import { thinkingText } from '../bench/thinking.ts';
import { hasResult, openLink, writeLink } from './link.ts';
import { ADAPTER, measured, noisy } from './samples.ts';

function opened(link: string): Result {
  const found = openLink(link);
  if (!found.ok) throw new Error(`${found.code}: ${link}`);
  return found.result;
}

describe('a link', () => {
  it('brings back conditions, figures and findings', async () => {
    const result = await measured(presetPlan('standard', true));
    const back = opened(writeLink(result));
    expect({ ...back, cases: [] }).toEqual({
      ...result,
      cases: [],
      startedUtc: '2026-11-22T12:00:00.000Z',
    });
    const [before, after] = [summarize(result), summarize(back)];
    for (const [at, one] of before.entries()) {
      expect(after[at]).toMatchObject({ case: one.case, valid: one.valid, invalid: one.invalid });
      expect(after[at]!.promptTokens).toBe(one.promptTokens);
      expect(after[at]!.thought?.tokens).toEqual(one.thought?.tokens);
      expect(after[at]!.thought?.answerMs?.median ?? 0).toBeCloseTo(one.thought?.answerMs?.median ?? 0, -1);
      for (const key of ['ttftMs', 'prefillTps'] as const)
        expect((after[at]!.engine[key]?.median ?? 1) / (one.engine[key]?.median ?? 1)).toBeCloseTo(1, 1.5);
      for (const key of ['ttftMs', 'prefillTps', 'decodeTps', 'tpotMs'] as const) {
        const share = (after[at]![key]?.median ?? 1) / (one[key]?.median ?? 1);
        expect(Math.abs(share - 1)).toBeLessThan(0.0005);
      }
    }
    expect(findings(back)).toEqual(findings(result));
  });

  it('brings back what thinking cost in each run, within its tokens', async () => {
    const plan = parsePlan('think256_w1_r3-3')!;
    for (const [at, thoughtTokens] of [0, 1, 40, 250, 254, 255, 300].entries()) {
      const script = { ...noisy(at, 0.4), thoughtTokens, endsAfter: 256 };
      const result = await sampleResult(script, plan);
      const back = opened(writeLink(result));
      const [before, after] = [result, back].map((one) =>
        validRuns(one.cases[0]!).map((run) => [run.invalid, figures(run)] as const),
      );
      after!.forEach(([invalid, { thought, totalMs }], run) => {
        const [, meant] = before![run]!;
        expect(invalid).toBeNull();
        expect(thought?.tokens).toBe(meant.thought?.tokens);
        const off = (thought?.answerMs ?? 0) - (meant.thought?.answerMs ?? 0);
        expect(Math.abs(off)).toBeLessThanOrEqual(0.001 * totalMs!);
      });
      expect(thinkingText(summarize(back)[0]!)).not.toBeNull();
    }
  });

  it('with a histogram brings back percentiles to within a bin', async () => {
    const result = await measured(QUICK, 0.3);
    const [before, after] = [result, opened(writeLink(result, { histogram: true }))].map(summarize);
    for (const at of [1, 2])
      for (const key of ['p50Ms', 'p95Ms', 'p99Ms'] as const)
        expect(after![at]!.itl![key] / before![at]!.itl![key]).toBeCloseTo(1, 0.8);
    expect(summarize(opened(writeLink(result)))[1]!.itl).toBeNull();
  });

  it.each([
    ['quiet', 0.02, false, 300, 320],
    ['quiet, of a model that thinks', 0.02, true, 350, 370],
    ['noisy, with all ten runs of each case', 0.6, false, 450, 600],
    ['noisy, of a model that thinks', 0.6, true, 480, 600],
  ])(
    'of a standard result that is %s is short, with and without its histogram',
    async (_, size, thinks, mostPlain, mostWhole) => {
      for (let seed = 1; seed <= 5; seed++) {
        const result = await measured(presetPlan('standard', thinks), size, seed);
        expect(writeLink(result).length).toBeLessThanOrEqual(mostPlain);
        expect(writeLink(result, { histogram: true }).length).toBeLessThanOrEqual(mostWhole);
      }
    },
  );

  it('needs no escaping, and encodes and decodes within 5 ms', async () => {
    const link = writeLink(await measured(presetPlan('thorough', true)));
    expect(link).toMatch(/^#r=3\.[\w-]+$/);
    const rounds = Array.from({ length: 20 }, () => {
      const startMs = performance.now();
      writeLink(opened(link));
      return performance.now() - startMs;
    });
    expect(Math.min(...rounds)).toBeLessThan(5);
  });

  it('tells a software adapter, a failed check, and runs with their reasons', async () => {
    const result = await sampleResult(
      { adapter: { ...ADAPTER, software: true }, fail: (run) => (run === 2 ? 'device-lost' : null) },
      parsePlan('pp8_tg4_w0_r2-3')!,
      {
        check: async () => ({
          kind: 'golden',
          verdict: 'fail',
          agreeing: 1,
          total: 30,
          fault: 'wrong-tokens',
        }),
      },
    );
    const back = opened(writeLink(result));
    expect(back.adapter.software).toBe(true);
    expect(refusal(back)?.code).toBe('check-failed');
    const lost = await sampleResult({ fail: (run) => (run === 4 ? 'device-lost' : null) });
    const codes = opened(writeLink(lost)).cases.map((c) => [
      c.stopped?.code,
      c.runs.map((r) => r.invalid?.code ?? 'ok'),
    ]);
    expect(codes).toEqual([
      ['device-lost', ['ok', 'device-lost']],
      ['not-loaded', ['ok']],
    ]);
  });

  it('carries no free text', async () => {
    const evil = '<img src=x onerror="a">\u202E\u200B[x](javascript:y)';
    const adapter = { ...ADAPTER, description: evil, vendor: evil, device: evil };
    const place = {
      ...PLACE,
      browser: { name: evil, version: evil, os: evil },
      app: { version: evil, commit: evil },
    };
    const back = opened(writeLink(await sampleResult({ adapter }, undefined, { place })));
    expect(JSON.stringify(back)).not.toMatch(/[<>\u202E\u200B[\]=]{2}|<|\u202E/);
    expect(back.adapter.vendor.length).toBeLessThanOrEqual(24);
  });

  it('survives the round trip whatever was measured', async () => {
    const anything = record({
      seed: integer(),
      size: constantFrom(0, 0.01, 0.5),
      plan: constantFrom(
        'pp16_tg4_w1_r2-4',
        'chat8_pp8-d16_w0_r1-1',
        'tg3-d8_w2_r5-6',
        'pp777_chat333_w0_r2-2',
        'think256_chat8_w1_r2-4',
      ),
      step: constantFrom(null, 0.005, 0.016, 0.1, 1),
      failing: integer({ min: 0, max: 12 }),
      endsAfter: integer({ min: 2, max: 300 }),
      thoughtTokens: constantFrom(null, 0, 1, 7, 60, 400),
      text: string({ maxLength: 60, unit: 'binary' }),
      bytes: integer({ min: 0 }),
    });
    await assert(
      asyncProperty(anything, async ({ seed, size, plan, step, failing, text, bytes, ...length }) => {
        const script = {
          ...noisy(seed, size),
          fail: (run: number) => (run === failing ? ('unknown' as const) : null),
        };
        const result = await sampleResult(
          { ...script, ...length, timerStepMs: step ?? 0.1 },
          parsePlan(plan)!,
          {
            place: { ...PLACE, timerStepMs: step, browser: { name: text, version: text, os: text } },
            model: { ...OPTIONS.model, variant: text, bytesPerToken: bytes },
          },
        );
        for (const histogram of [false, true]) {
          const link = writeLink(result, { histogram });
          const back = opened(link);
          expect(writeLink(back, { histogram })).toBe(link);
          expect(opened(writeLink(back, { histogram }))).toEqual(back);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('links of earlier versions', () => {
  it.each(
    readFileSync(new URL('golden-links.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n'),
  )('stay readable: %s', (line) => {
    const [link, ...said] = line.split(' ');
    expect(sentence(opened(link!))).toBe(said.join(' '));
    expect(writeLink(opened(link!), { histogram: true })).toMatch(/^#r=3\./);
  });
});

describe('a hostile link', () => {
  let link = '';
  beforeAll(async () => {
    link = writeLink(await measured(MEASURE), { histogram: true });
  });

  it.each([
    ['', 'no-result'],
    ['#models', 'no-result'],
    ['#r', 'no-result'],
    ['#r=', 'damaged'],
    ['#r=1', 'damaged'],
    ['#r=1.', 'damaged'],
    ['#r=1.A', 'damaged'],
    ['#r=1.AAAA', 'damaged'],
    ['#r=1.%3Cscript%3E', 'damaged'],
    ['#r=0.AAAA', 'damaged'],
    ['#r=__proto__.AAAA', 'damaged'],
    ['#r=2.AAAA', 'damaged'],
    ['#r=3.AAAA', 'damaged'],
    ['#r=4.AAAA', 'newer-version'],
    [`#r=1.${'A'.repeat(5000)}`, 'too-long'],
    [`#r=1.${'A'.repeat(2_000_000)}`, 'too-long'],
  ])('such as %.30s is told calmly', (fragment, code) => {
    const found = openLink(fragment);
    expect(found).toMatchObject({ ok: false, code });
    if (!found.ok) expect(`${found.message} ${found.hint}`).toMatch(/^[A-Z].*\. [A-Z].*\.$/);
    expect(hasResult(fragment)).toBe(code !== 'no-result');
  });

  it('is refused when any bit is flipped, or any part cut off', () => {
    for (let at = 5; at < link.length; at++) {
      expect(openLink(link.slice(0, at)).ok).toBe(false);
      const other = link[at] === 'A' ? 'B' : 'A';
      expect(openLink(link.slice(0, at) + other + link.slice(at + 1)).ok).toBe(false);
    }
  });
});
