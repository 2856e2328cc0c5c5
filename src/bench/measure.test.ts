import { describe, expect, it } from 'vitest';
import type { Generation } from '../engine/engine.ts';
import { figures, judge, measure, timings } from './measure.ts';
import { parseCase } from './plan.ts';
import { ScriptedEngine } from './scripted.ts';

const START = 1_700_000_000_000;

/** A generation of `count` tokens: 100 ms to the first, then 20 ms each, seen 4 ms later on the page. */
function generation(count: number, change: Partial<Generation> = {}): Generation {
  const tokensMs = Array.from({ length: count }, (_, step) => START + 100 + 20 * step);
  const endMs = (tokensMs.at(-1) ?? START) + 1;
  return {
    text: 'x',
    finish: 'length',
    tokens: null,
    promptTokens: 50,
    completionTokens: count,
    contextTokens: null,
    worker: { sentMs: START, tokensMs, everyToken: true, endMs },
    page: { sentMs: START - 2, firstTextMs: START + 104, lastTextMs: endMs + 3, endMs: endMs + 4 },
    usage: null,
    adapter: new ScriptedEngine().describe()!.adapter,
    ...change,
  };
}

describe('figures of a generation', () => {
  it('follow their definitions', () => {
    const m = measure(generation(11));
    expect(m.ttftMs).toBeCloseTo(100, 9);
    expect(m.prefillTps).toBeCloseTo(500, 9);
    expect(m.decodeTps).toBeCloseTo(50, 9); // ten gaps of 20 ms, not eleven tokens over ten gaps
    expect(m.tpotMs).toBeCloseTo(20, 9);
    expect(m.itl).toEqual({ p50Ms: 20, p95Ms: 20, p99Ms: 20 });
    expect(m.totalMs).toBeCloseTo(301, 9);
    expect(m.page.ttftMs).toBeCloseTo(106, 9);
    expect(m.page.decodeTps).toBeCloseTo(10_000 / 200, 6);
    expect(m.page.totalMs).toBeCloseTo(307, 9);
  });

  it('of a one-token answer have no rate', () => {
    const m = measure(generation(1));
    expect(m).toMatchObject({ ttftMs: 100, decodeTps: null, tpotMs: null, gapsMs: [], itl: null });
  });

  it('of an empty answer are unknown', () => {
    const m = measure(generation(0));
    expect(m).toMatchObject({ ttftMs: null, prefillTps: null, decodeTps: null, itl: null });
  });

  it('have no rate when some tokens were not stamped', () => {
    const { worker } = generation(11);
    const m = measure(generation(11, { worker: { ...worker, everyToken: false } }));
    expect(m.ttftMs).toBe(100);
    expect(m).toMatchObject({ decodeTps: null, tpotMs: null, itl: null });
  });

  it('keep their rates, but no gaps, when only the first and the last stamp were kept', () => {
    const whole = timings(generation(11));
    const worker = { ...whole.worker!, tokensMs: [100, 300], endsOnly: true };
    expect(figures({ ...whole, worker })).toEqual({ ...figures(whole), gapsMs: [], itl: null });
    expect(judge({ ...whole, worker, promptTokens: 1 }, parseCase('tg10')!)).toBeNull();
    const one = { ...timings(generation(1)), worker: { ...worker, tokensMs: [100] } };
    expect(figures(one)).toMatchObject({ ttftMs: 100, decodeTps: null, tpotMs: null });
  });

  it.each([
    ['that go backwards', [START + 100, START + 90, START + 120]],
    ['that are not numbers', [START + 100, NaN, START + 120]],
    ['before the request', [START - 5, START + 1, START + 2]],
    ['after the end', [START + 1, START + 2, START + 900]],
    ['without end', [START + 1, START + 2, Infinity]],
  ])('are unknown with stamps %s', (_, tokensMs) => {
    const worker = { sentMs: START, tokensMs, everyToken: true, endMs: START + 300 };
    expect(measure(generation(3, { worker }))).toMatchObject({
      ttftMs: null,
      decodeTps: null,
      totalMs: null,
    });
  });

  it('have no rate over zero time, and no infinity', () => {
    const worker = { sentMs: START, tokensMs: [START, START, START], everyToken: true, endMs: START };
    expect(measure(generation(3, { worker }))).toMatchObject({
      ttftMs: null,
      prefillTps: null,
      decodeTps: null,
    });
  });

  it('keep the engine’s own, and make its NaN unknown', () => {
    const usage = {
      prompt_tokens: 48,
      completion_tokens: 3,
      extra: { time_to_first_token_s: 0.09, prefill_tokens_per_s: 555, decode_tokens_per_s: NaN },
    };
    expect(measure(generation(3, { usage })).engine).toEqual({
      promptTokens: 48,
      completionTokens: 3,
      ttftMs: 90,
      prefillTps: 555,
      decodeTps: null,
    });
    const odd = { prompt_tokens: 1.5, extra: { time_to_first_token_s: '0.09', decode_tokens_per_s: -1 } };
    expect(measure(generation(3, { usage: odd })).engine).toEqual({
      promptTokens: null,
      completionTokens: null,
      ttftMs: null,
      prefillTps: null,
      decodeTps: null,
    });
    expect(timings(generation(3, { usage: { extra: null } })).usage).toBeNull();
  });

  it('do without a page', () => {
    expect(measure(generation(3, { page: null })).page).toEqual({
      ttftMs: null,
      decodeTps: null,
      totalMs: null,
    });
  });

  it('are the same from the record', () => {
    const made = generation(40);
    expect(figures(JSON.parse(JSON.stringify(timings(made))))).toEqual(measure(made));
  });
});

describe('a run', () => {
  const tg10 = parseCase('tg10')!;
  const usual = (change: Partial<Generation> = {}) => timings(generation(11, { promptTokens: 1, ...change }));

  it('counts when its tokens are as many as asked, each with its time', () => {
    expect(judge(usual(), tg10)).toBeNull();
  });

  it('may leave its prompt uncounted', () => expect(judge(usual({ promptTokens: null }), tg10)).toBeNull());

  it('of a chat may read any prompt', () => {
    expect(judge(usual({ promptTokens: 33 }), parseCase('chat10')!)).toBeNull();
  });

  it.each([
    ['too few tokens', { completionTokens: 10 }, 'wrong-count'],
    ['another prompt', { promptTokens: 2 }, 'wrong-count'],
    [
      'uncounted tokens, too many stamps',
      { completionTokens: null, worker: generation(12).worker },
      'wrong-count',
    ],
    ['fewer stamps than tokens', { worker: generation(9).worker }, 'bad-stamps'],
    ['batched stamps', { worker: { ...generation(11).worker, everyToken: false } }, 'bad-stamps'],
    ['an end before its tokens', { worker: { ...generation(11).worker, endMs: START } }, 'bad-stamps'],
  ])('does not count with %s', (_, change, code) => {
    expect(judge(usual(change), tg10)?.code).toBe(code);
  });

  it('does not count when it took no time', () => {
    const tokensMs = Array.from({ length: 11 }, () => START + 5);
    const worker = { sentMs: START, tokensMs, everyToken: true, endMs: START + 5 };
    expect(judge(usual({ worker }), tg10)?.code).toBe('bad-stamps');
  });
});
