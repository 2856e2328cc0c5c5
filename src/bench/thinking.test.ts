import { describe, expect, it } from 'vitest';
import type { Generation } from '../engine/engine.ts';
import { findings } from './findings.ts';
import { parsePlan, presetPlan } from './plan.ts';
import { run } from './run.ts';
import { OPTIONS, sampleResult } from './samples.ts';
import { ScriptedEngine, type Script } from './scripted.ts';
import { summarize } from './summary.ts';
import { thinkingText } from './thinking.ts';

const THINK = parsePlan('think256_w1_r5-10')!;
/** 40 tokens of thought, then an answer of three and the end of the text. */
const THINKING: Partial<Script> = {
  prefillMsPerToken: 2,
  decodeMs: () => 20,
  thoughtTokens: 40,
  endsAfter: 44,
};

async function textOf(script: Partial<Script>, plan = THINK): Promise<string | null> {
  return thinkingText(summarize(await sampleResult(script, plan)).at(-1)!);
}

describe('a case of thinking', () => {
  it('ends when the answer does, and times its first token', async () => {
    const result = await sampleResult(THINKING, THINK);
    const [think] = summarize(result);
    const ttftMs = think!.ttftMs!.median;
    expect(think).toMatchObject({
      valid: 3,
      steps: 43,
      thought: { tokens: { median: 40, min: 40, max: 40 } },
    });
    expect(think!.thought!.answerMs!.median).toBeCloseTo(ttftMs + 40 * 20, 6);
    expect(think!.decodeTps!.median).toBeCloseTo(50, 6);
    expect(result.cases[0]!.stopped).toBeNull();
  });

  it('is asked as one chat from an empty cache, greedily, to its end, after a short warm-up', async () => {
    const engine = new ScriptedEngine(THINKING);
    const result = await run(engine, THINK, OPTIONS);
    expect(engine.requests.map(({ maxTokens }) => maxTokens)).toEqual([16, 256, 256, 256]);
    expect(engine.requests.every(({ ignoreEos, temperature }) => !ignoreEos && temperature === 0)).toBe(true);
    expect(new Set(engine.requests.map(({ prompt }) => JSON.stringify(prompt))).size).toBe(1);
    expect(engine.resets).toBe(4);
    expect(result.cases[0]!.runs.map(({ warmup, invalid }) => [warmup, invalid])).toEqual([
      [true, null],
      [false, null],
      [false, null],
      [false, null],
    ]);
  });

  it('is given the time that a whole thought takes, however short its warm-up was', async () => {
    const limits: number[] = [];
    const timer = (ms: number) => {
      limits.push(ms);
      return () => {};
    };
    await run(new ScriptedEngine({ ...THINKING, decodeMs: () => 2000 }), THINK, { ...OPTIONS, timer });
    expect(limits[1]).toBe(limits[0]);
    expect(limits[2]).toBeGreaterThan(20 * 43 * 2000);
  });

  it.each<[string, Partial<Script>, string]>([
    [
      'with its interval',
      { ...THINKING, decodeMs: (index) => 19 + index },
      'Thinks first: 40 tokens, 1.02 s before the answer begins (95 % interval 0.98–1.06 s; first token after 184 ms).',
    ],
    [
      'that never ends',
      { ...THINKING, thoughtTokens: 5000, endsAfter: 9000 },
      'Still thinking after 256 tokens.',
    ],
    [
      'that is all there is',
      { ...THINKING, thoughtTokens: 44 },
      'It stopped without an answer after 44 tokens.',
    ],
    ['that was none', { ...THINKING, thoughtTokens: null }, 'It did not think here.'],
  ])('tells of a thought %s', async (_, script, words) => {
    expect(await textOf(script)).toBe(words);
  });

  it('says where runs differ in length, and where only some reached an answer', async () => {
    expect(await textOf({ ...THINKING, spoil: forgetAnswer })).toMatch(
      /^Thinks first: 40 tokens \(40–41\), .*; in 2 of 3 runs\)\.$/,
    );
  });

  it('says nothing where nothing was measured, or of other cases', async () => {
    expect(await textOf({ ...THINKING, fail: () => 'unknown' })).toBeNull();
    expect(await textOf(THINKING, parsePlan('chat64_w0_r1-1')!)).toBeNull();
  });

  it.each<[string, (g: Generation) => Partial<Generation>, string]>([
    ['an answer of one token', (g) => ({ completionTokens: 1, worker: cut(g, 1) }), 'wrong-count'],
    ['an empty answer', (g) => ({ completionTokens: 0, worker: cut(g, 0) }), 'wrong-count'],
    [
      'more tokens than were asked for',
      (g) => ({ completionTokens: 300, worker: stretched(g, 300) }),
      'wrong-count',
    ],
    [
      'an answer before its first token',
      (g) => ({ thought: { tokens: 3, answerMs: g.worker.sentMs + 1 } }),
      'bad-stamps',
    ],
    [
      'an answer after its last',
      (g) => ({ thought: { tokens: 3, answerMs: g.worker.endMs + 1 } }),
      'bad-stamps',
    ],
    [
      'an answer at no time',
      (g) => ({ thought: { tokens: 3, answerMs: NaN + g.worker.sentMs } }),
      'bad-stamps',
    ],
    [
      'more thought than tokens',
      (g) => ({ thought: { tokens: g.completionTokens! + 1, answerMs: null } }),
      'bad-stamps',
    ],
    [
      'an answer behind all tokens',
      (g) => ({ thought: { tokens: g.completionTokens!, answerMs: g.worker.tokensMs.at(-1)! } }),
      'bad-stamps',
    ],
    ['half a token of thought', () => ({ thought: { tokens: 1.5, answerMs: null } }), 'bad-stamps'],
  ])('does not count with %s', async (_, change, code) => {
    const spoil = (g: Generation) => ({ ...g, ...change(g) });
    const [think] = (await sampleResult({ ...THINKING, spoil }, THINK)).cases;
    expect(think!.runs.map(({ invalid }) => invalid?.code)).toEqual(think!.runs.map(() => code));
  });

  it('is neither few nor noisy for being run less often', async () => {
    const plan = presetPlan('quick', true);
    const result = await sampleResult(THINKING, plan);
    expect(result.cases.at(-1)!.runs).toHaveLength(2);
    expect(findings(result)).toEqual([]);
  });
});

/** One run comes to no answer. */
function forgetAnswer(g: Generation, index: number): Generation {
  return index === 2 ? { ...g, thought: { tokens: 41, answerMs: null } } : g;
}

/** The first stamps alone. */
function cut({ worker }: Generation, count: number): Generation['worker'] {
  return { ...worker, tokensMs: worker.tokensMs.slice(0, count) };
}

function stretched({ worker }: Generation, count: number): Generation['worker'] {
  return {
    ...worker,
    tokensMs: Array.from({ length: count }, (_, at) => worker.tokensMs[at] ?? worker.endMs),
  };
}
