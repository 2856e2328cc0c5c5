import { describe, expect, it } from 'vitest';
import type { Generation } from '../engine/engine.ts';
import { findings, groupFindings, type FindingCode } from './findings.ts';
import { parsePlan } from './plan.ts';
import { refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { MODEL, PASS, PLACE, sampleResult } from './samples.ts';
import { ScriptedEngine } from './scripted.ts';

const TG = parsePlan('tg64_w1_r5-10')!;

function codes(result: Result): FindingCode[] {
  return findings(result).map((one) => one.code);
}

function found(result: Result, code: FindingCode): string {
  return findings(result).find((one) => one.code === code)?.text ?? '';
}

/** Adds a `usage` to a generation. */
function telling(decode: number): (generation: Generation) => Generation {
  return (generation) => ({ ...generation, usage: { extra: { decode_tokens_per_s: decode } } });
}

/** Adds a `usage` that counts so many tokens more. */
function counting(prompt: number, completion: number): (generation: Generation) => Generation {
  return (generation) => ({
    ...generation,
    usage: {
      prompt_tokens: generation.promptTokens! + prompt,
      completion_tokens: generation.completionTokens! + completion,
      extra: { decode_tokens_per_s: 50 },
    },
  });
}

/** Steps of 4 ms, and an engine that tells this rate. */
function quick(theirs: number): Promise<Result> {
  return sampleResult({ decodeMs: () => 4, spoil: telling(theirs) }, TG);
}

function prefillingAt900(generation: Generation): Generation {
  return { ...generation, usage: { extra: { prefill_tokens_per_s: 900 } } };
}

function around(onBattery: boolean | null, downloading: boolean | null): Promise<Result> {
  return sampleResult({}, TG, { circumstances: () => ({ onBattery, downloading }) });
}

describe('findings', () => {
  it('are none for a quiet result of a preset', async () => {
    expect(codes(await sampleResult({}, parsePlan('quick')!))).toEqual([]);
  });

  it('each have a code, a sentence and a next step', async () => {
    for (const one of findings(
      await sampleResult({ decodeMs: (run: number) => 20 + run * 2, timerStepMs: 1 }, TG),
    )) {
      expect(one.text).toMatch(/^[A-Za-z].*\.$/);
      expect(one.next).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('name a software adapter', async () => {
    const adapter = { ...new ScriptedEngine().describe()!.adapter, software: true };
    expect(found(await sampleResult({ adapter }), 'software-adapter')).toContain('not on a GPU');
  });

  it('say that three runs are few, and one says nothing of its spread', async () => {
    expect(found(await sampleResult(), 'few-runs')).toBe('pp128 rests on 3 runs.');
    expect(found(await sampleResult({}, parsePlan('tg8_w1_r1-1')!), 'few-runs')).toContain('one run');
  });

  it('see noise', async () => {
    const result = await sampleResult(
      { decodeMs: (run: number) => [20, 24, 17, 25, 19, 22, 18, 25, 16, 21, 24][run % 11]! },
      TG,
    );
    expect(found(result, 'noisy')).toMatch(/known to within \d+ %|known to within \d\.\d %/);
    expect(codes(result)).not.toContain('throttling');
  });

  it('see throttling, with its size', async () => {
    const text = found(
      await sampleResult({ decodeMs: (run: number) => 20 * 1.02 ** run + 0.05 * (run % 2) }, TG),
      'throttling',
    );
    expect(text).toMatch(/^tg64 became (\d+|\d\.\d) % slower/);
  });

  it('see an outlier', async () => {
    const result = await sampleResult({ decodeMs: (run: number) => (run === 4 ? 30 : 20 + 0.01 * run) }, TG);
    expect(found(result, 'outliers')).toContain('1 of');
  });

  it('take no notice of a run that differs by a step of the clock', async () => {
    const result = await sampleResult({ decodeMs: (run) => (run === 4 ? 20.01 : 20) }, TG);
    expect(codes(result)).toEqual(['other-settings']);
  });

  it('see an injected stall within a run as an outlier', async () => {
    expect(
      codes(
        await sampleResult(
          { decodeMs: (run: number, step: number) => (run === 3 && step === 30 ? 620 : 20 + 0.01 * run) },
          TG,
        ),
      ),
    ).toContain('outliers');
  });

  it('see a slow first run', async () => {
    expect(
      found(await sampleResult({ decodeMs: (run: number) => (run === 1 ? 26 : 20) }, TG), 'first-run-slow'),
    ).toContain('30 % longer');
  });

  it('see a hidden tab', async () => {
    let round = 0;
    const watch = { begin: () => (round += 1), end: () => (round === 3 ? ('hidden' as const) : null) };
    const result = await sampleResult({}, TG, { watch });
    expect(found(result, 'runs-invalid')).toContain('not visible');
    expect(findings(result).find((one) => one.code === 'runs-invalid')!.next).toContain('in front');
  });

  it('see a coarse timer', async () => {
    const place = { ...PLACE, timerStepMs: 1 };
    expect(found(await sampleResult({ timerStepMs: 1 }, TG, { place }), 'coarse-timer')).toContain('1.00 ms');
    expect(codes(await sampleResult({ decodeMs: () => 200 }, TG, { place }))).not.toContain('coarse-timer');
  });

  it('see other settings than a preset’s', async () => {
    const text = found(await sampleResult({}, parsePlan('tg8_w2_r4-4')!), 'other-settings');
    expect(text).toContain('2 warm-ups instead of 1');
    expect(text).toContain('4 to 4 runs instead of 5 to 10');
    expect(codes(await sampleResult())).not.toContain('other-settings');
  });

  it('see an engine that counts otherwise', async () => {
    expect(found(await sampleResult({ spoil: telling(60) }, TG), 'engine-disagrees')).toContain('60.0 tok/s');
    expect(codes(await sampleResult({ spoil: telling(51) }, TG))).not.toContain('engine-disagrees');
  });

  it('forgive what the engine does between steps that are short', async () => {
    expect(codes(await quick(290))).not.toContain('engine-disagrees');
    expect(codes(await quick(310))).toContain('engine-disagrees');
  });

  it('see an engine that counts other tokens, but not those that open a conversation', async () => {
    const plan = parsePlan('chat16_w1_r5-5')!;
    const of = (prompt: number, completion: number) =>
      sampleResult({ spoil: counting(prompt, completion) }, plan);
    expect(codes(await of(-2, 0))).not.toContain('counts-disagree');
    expect(found(await of(7, 0), 'counts-disagree')).toContain('chat16: the engine counts');
    expect(codes(await of(-40, 0))).toContain('counts-disagree');
    expect(codes(await of(0, -1))).toContain('counts-disagree');
  });

  it('see an engine whose prefill is another', async () => {
    expect(found(await sampleResult({ spoil: prefillingAt900 }), 'engine-disagrees')).toContain(
      '900 tok/s of prefill',
    );
  });

  it('see a battery, and a download meanwhile', async () => {
    expect(codes(await around(true, false))).toEqual(['on-battery', 'other-settings']);
    expect(codes(await around(false, true))).toEqual(['downloading', 'other-settings']);
    expect(codes(await around(null, null))).toEqual(['other-settings']);
  });

  it('see clocks that disagree by more than a message takes', async () => {
    expect(found(await sampleResult({ hopMs: 400 }, TG), 'clocks-disagree')).toContain('400 ms');
    expect(codes(await sampleResult({ hopMs: 10 }, TG))).not.toContain('clocks-disagree');
  });

  it('tell what was not run, and why', async () => {
    const lost = await sampleResult({ fail: (run) => (run === 2 ? 'device-lost' : null) });
    expect(found(lost, 'case-stopped')).toContain('pp128 was not measured to its end.');
    const short = await sampleResult({ contextTokens: 100 }, parsePlan('pp512')!);
    const next = findings(short).find((one) => one.code === 'case-stopped')!.next;
    expect(next).toContain('fewer tokens');
  });

  it('tell an unchecked and an aborted result', async () => {
    const result = await sampleResult({}, TG, { check: undefined, signal: AbortSignal.abort() });
    expect(codes(result)).toEqual(expect.arrayContaining(['unchecked', 'aborted']));
  });
});

describe('a result is refused', () => {
  it('when the model answered wrongly', async () => {
    expect(
      refusal(
        await sampleResult({}, TG, {
          check: async () => ({ ...PASS, verdict: 'fail' as const, agreeing: 3 }),
        }),
      )?.message,
    ).toBe('This GPU computes wrongly here: 3 of 32 tokens came out as they must.');
  });

  it.each([
    ['wrong-tokens', '3 of 32 tokens came out as they must'],
    ['unsteady', 'answered in two ways'],
    ['rereads-otherwise', 'leads elsewhere'],
    ['bad-logits', 'not made of numbers'],
    ['no-known-answer', 'very easy questions'],
  ] as const)('in words for what was wrong: %s', async (fault, words) => {
    const check = async () => ({ ...PASS, verdict: 'fail' as const, agreeing: 3, fault });
    const message = refusal(await sampleResult({}, TG, { check }))!.message;
    expect(message).toMatch(/^This GPU computes wrongly here: .*\.$/);
    expect(message).toContain(words);
  });

  it('when it needs more bandwidth than there is, unless the model may sit in a cache', async () => {
    const place = { ...PLACE, bandwidth: { bytesPerS: 20e9, submitMs: 0.1 } };
    const of = (bytesPerToken: number) =>
      sampleResult({}, TG, { place, model: { ...MODEL, bytesPerToken, kvBytesPerToken: 1000 } });
    expect(refusal(await of(500e6))?.message).toContain('125 % of the memory bandwidth');
    expect(refusal(await of(390e6))).toBeNull();
    expect(
      refusal(
        await sampleResult({ decodeMs: () => 1 }, TG, { place, model: { ...MODEL, bytesPerToken: 4e6 } }),
      ),
    ).toBeNull();
  });

  it('otherwise never', async () => expect(refusal(await sampleResult())).toBeNull());
});

const few = (name: string) => ({
  code: 'few-runs' as const,
  text: `${name} rests on 3 runs.`,
  next: 'More.',
});

it('the same doubt about several cases is said once, with the others behind it', () => {
  const noisy = { code: 'noisy' as const, text: 'pp8 is noisy.', next: 'Quiet.' };
  expect(groupFindings([few('pp8'), noisy, few('tg8'), few('tg16')])).toEqual([
    { first: few('pp8'), others: ['tg8 rests on 3 runs.', 'tg16 rests on 3 runs.'] },
    { first: noisy, others: [] },
  ]);
  expect(groupFindings([])).toEqual([]);
});
