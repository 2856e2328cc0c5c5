import { assert, asyncProperty, constantFrom, double, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GenerateOptions, GenerateRequest, Generation } from '../engine/engine.ts';
import { selfConsistency } from './consistency.ts';
import { findings } from './findings.ts';
import { sentence } from './format.ts';
import { MEASURE, parsePlan } from './plan.ts';
import { refusal } from './refusal.ts';
import { run } from './run.ts';
import { OPTIONS, sampleResult } from './samples.ts';
import { ScriptedEngine } from './scripted.ts';
import { summarize } from './summary.ts';

/** Errors that benchmarks of language models in browsers are known to make; none of them is made here. */

const CHAT = parsePlan('chat16_w1_r5-5')!;

describe('prefill mixed into the decode rate', () => {
  it('would make it fall with the length of the prompt', async () => {
    const [short] = summarize(await sampleResult({ prefillMsPerToken: 1 }, CHAT));
    const [long] = summarize(await sampleResult({ prefillMsPerToken: 100 }, CHAT));
    expect(long!.ttftMs!.median).toBeGreaterThan(50 * short!.ttftMs!.median);
    expect(long!.decodeTps!.median).toBeCloseTo(short!.decodeTps!.median, 6);
    expect(long!.decodeTps!.median).toBeCloseTo(50, 6);
  });
});

describe('n tokens over n - 1 gaps', () => {
  it.each([1, 2, 8, 128])('would make an answer of %i steps look faster', async (steps) => {
    const [tg] = summarize(await sampleResult({}, parsePlan(`tg${steps}_w1_r5-5`)!));
    expect(tg!.decodeTps!.median).toBeCloseTo(50, 6);
  });
});

describe('one run', () => {
  it('has no interval, and the words say so', async () => {
    const result = await sampleResult({}, parsePlan('tg8_w1_r1-1')!);
    expect(summarize(result)[0]!.decodeTps!.interval).toBeNull();
    expect(sentence(result)).toContain('one run');
    expect(findings(result).map(({ code }) => code)).toContain('few-runs');
  });
});

describe('shaders compiled in the first number', () => {
  it('are in the warm-up of the same shape, and in a time of their own', async () => {
    const slowFirst = { decodeMs: (index: number, step: number) => (index < 2 && step < 5 ? 900 : 20) };
    const engine = new ScriptedEngine(slowFirst);
    const result = await run(engine, MEASURE, OPTIONS);
    expect(summarize(result)[1]!.decodeTps!.median).toBeCloseTo(50, 6);
    expect(result.cases[1]!.runs[0]).toMatchObject({ warmup: true });
    const shapes = engine.requests.map(({ prompt, maxTokens }) => [
      'tokens' in prompt && prompt.tokens.length,
      maxTokens,
    ]);
    expect(shapes[0]).toEqual(shapes[2]);
    expect(shapes[1]).toEqual(shapes[3]);
  });
});

/** Remembers what it read, as chat engines do, and reads only what is new. Resetting forgets, if it works. */
class RememberingEngine extends ScriptedEngine {
  private known: string | null = null;

  constructor(private readonly forgets: boolean) {
    super({ prefillMsPerToken: 10 });
  }

  override async reset(): Promise<void> {
    if (this.forgets) this.known = null;
  }

  override async generate(request: GenerateRequest, options?: GenerateOptions): Promise<Generation> {
    const generation = await super.generate(request, options);
    const again = this.known === JSON.stringify(request.prompt);
    this.known = JSON.stringify(request.prompt);
    return again ? hasty(generation) : generation;
  }
}

/** All but three tokens of the prompt were in the cache. */
function hasty(generation: Generation): Generation {
  const sentMs = generation.worker.tokensMs[0]! - 30;
  return { ...generation, promptTokens: 3, worker: { ...generation.worker, sentMs } };
}

describe('a prompt cache that makes TTFT better', () => {
  it('is emptied before every run', async () => {
    const [chat] = summarize(await run(new RememberingEngine(true), CHAT, OPTIONS));
    expect(chat!.ttftMs!.min).toBe(chat!.ttftMs!.max);
    expect(chat!.ttftMs!.median).toBeGreaterThan(500);
    expect(chat!.valid).toBe(5);
  });

  it('that cannot be emptied leaves no figure, and the reason is told', async () => {
    const result = await run(new RememberingEngine(false), CHAT, OPTIONS);
    expect(summarize(result)[0]).toMatchObject({ valid: 0, ttftMs: null });
    expect(result.cases[0]!.stopped).toMatchObject({ code: 'wrong-count' });
    expect(result.cases[0]!.stopped!.message).toContain('kept the rest');
  });
});

describe('gibberish at sixty tokens per second', () => {
  it.each([
    ['the same token for ever', () => 7],
    [
      'decode steps that are off',
      (tokens: number[], byDecode: boolean) => ((tokens.length * 37) % 999) + Number(byDecode),
    ],
  ])('gets no speed: %s', async (_, next) => {
    const engine = new ScriptedEngine({ decodeMs: () => 1000 / 60, next });
    const check = () => selfConsistency(engine);
    const result = await run(engine, MEASURE, { ...OPTIONS, check });
    expect(result.cases.flatMap(({ runs }) => runs)).toEqual([]);
    expect(refusal(result)?.code).toBe('check-failed');
    expect(sentence(result)).toMatch(/^No speed is shown/);
  });
});

describe('every published figure', () => {
  it('is within 1 % plus one step of the clock of what the engine did', async () => {
    const anything = record({
      prefillMsPerToken: double({ min: 0.05, max: 20, noNaN: true }),
      decode: double({ min: 1, max: 400, noNaN: true }),
      timerStepMs: constantFrom(0.005, 0.1, 1),
      hopMs: integer({ min: 0, max: 20 }),
    });
    await assert(
      asyncProperty(anything, async ({ prefillMsPerToken, decode, timerStepMs, hopMs }) => {
        const script = { prefillMsPerToken, decodeMs: () => decode, timerStepMs, hopMs };
        const [pp, tg] = summarize(await sampleResult(script, parsePlan('pp128_tg32_w1_r3-3')!));
        const ttftMs = 128 * prefillMsPerToken;
        expect(Math.abs(pp!.ttftMs!.median - ttftMs)).toBeLessThanOrEqual(0.01 * ttftMs + timerStepMs + 1e-6);
        const tpotMs = tg!.tpotMs!.median;
        expect(Math.abs(tpotMs - decode)).toBeLessThanOrEqual(0.01 * decode + timerStepMs / 32 + 1e-6);
        expect(tg!.decodeTps!.median * tpotMs).toBeCloseTo(1000, 6);
        expect(Math.abs(tg!.itl!.p50Ms - decode)).toBeLessThanOrEqual(0.01 * decode + timerStepMs + 1e-6);
      }),
      { numRuns: 60 },
    );
  });
});
