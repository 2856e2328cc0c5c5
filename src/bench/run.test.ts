import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../engine/engine.ts';
import { MEASURE, parsePlan, type Plan } from './plan.ts';
import { ScriptedEngine, type Script } from './scripted.ts';
import type { CaseResult, Check, Result } from './result.ts';
import { OPTIONS, PASS } from './samples.ts';
import { run, type Observer, type RunOptions } from './run.ts';
import { summarize } from './summary.ts';

const GREEDY = { temperature: 0, topP: 1, seed: 0, ignoreEos: true };

function start(script: Partial<Script>, plan: Plan = MEASURE, options: Partial<RunOptions> = {}) {
  const engine = new ScriptedEngine(script);
  return { engine, done: run(engine, plan, { ...OPTIONS, ...options }) };
}

function timed(result: Result) {
  return result.cases[0]!.runs.filter((r) => !r.warmup);
}

/** A script that fails with a code in the runs of these numbers, counted over the whole plan from 0. */
function failing(code: ErrorCode, ...runs: number[]): Partial<Script> {
  return { fail: (index) => (runs.includes(index) ? code : null) };
}

/** Notes every hook that fires. */
function notebook(): { seen: string[]; observer: Observer } {
  const seen: string[] = [];
  const observer: Observer = {
    planStarted: (plan) => seen.push(`plan ${plan.preset}`),
    checkFinished: (check) => seen.push(`check ${check.verdict}`),
    caseStarted: (c, index) => seen.push(`case ${index} ${c.name}`),
    runStarted: (_, { warmup, number, most }) => seen.push(`${warmup ? 'warm-up' : 'run'} ${number}/${most}`),
    runFinished: (_, made) => seen.push(made.invalid?.code ?? 'ok'),
    caseFinished: (c) => seen.push(`done ${c.case.name}`),
    planFinished: (result) => seen.push(result.aborted ? 'aborted' : 'finished'),
    failed: () => seen.push('failed'),
  };
  return { seen, observer };
}

describe('a run of a plan', () => {
  it.each([
    [2, 20, 0.1],
    [0.37, 3.3, 0.1],
    [7.5, 91, 0.005],
  ])(
    'finds the delays of the engine: %f ms and %f ms per token',
    async (prefillMsPerToken, decode, timerStepMs) => {
      const { done } = start({ prefillMsPerToken, decodeMs: () => decode, timerStepMs });
      const [pp, tg] = summarize(await done);
      const ttftMs = 128 * prefillMsPerToken;
      expect(Math.abs(pp!.ttftMs!.median - ttftMs)).toBeLessThan(0.01 * ttftMs + timerStepMs);
      expect(pp!.prefillTps!.median * prefillMsPerToken).toBeCloseTo(1000, -1);
      expect(Math.abs(tg!.decodeTps!.median * decode - 1000)).toBeLessThan(10);
      expect(Math.abs(tg!.itl!.p50Ms - decode)).toBeLessThan(0.01 * decode + timerStepMs);
      expect(pp!.decodeTps).toBeNull();
      expect(tg!.ttftMs).toBeNull();
    },
  );

  it('asks for exact counts on an empty cache, with a prompt of its own for every run', async () => {
    const { engine, done } = start({});
    await done;
    const prompts = engine.requests.map(({ prompt }) => ('tokens' in prompt ? prompt.tokens : []));
    expect(prompts.map((ids) => ids.length)).toEqual([128, 1, 128, 1, 128, 1, 128, 1]);
    expect(engine.requests.map((request) => request.maxTokens)).toEqual([1, 65, 1, 65, 1, 65, 1, 65]);
    expect(engine.requests.every((request) => request.ignoreEos && request.temperature === 0)).toBe(true);
    expect(new Set(prompts.map(String)).size).toBeGreaterThan(6);
    expect(engine.resets).toBe(8);
  });

  it('fills the depth before the clock starts', async () => {
    const { engine, done } = start({}, parsePlan('pp64-d512_tg8-d512_chat8_w0_r1-1')!);
    const [pp, tg, chat] = summarize(await done);
    expect(engine.requests[0]!.prompt).toMatchObject({ past: { length: 512 }, tokens: { length: 64 } });
    expect(pp!.ttftMs!.median).toBeCloseTo(128, 6);
    expect(engine.requests[1]!.prompt).toMatchObject({ tokens: { length: 512 } });
    expect(tg!.decodeTps!.median).toBeCloseTo(50, 6);
    expect(engine.requests[2]!.prompt).toHaveProperty('messages');
    expect(chat!.page.ttftMs!.median).toBeGreaterThan(chat!.ttftMs!.median);
  });

  it('takes the cases in turn, and tells an observer each step in order', async () => {
    const { seen, observer } = notebook();
    await start({}, MEASURE, { observer, check: async () => PASS }).done;
    expect(seen).toEqual([
      'plan measure',
      'check pass',
      'case 0 pp128',
      'warm-up 1/1',
      'ok',
      'case 1 tg64',
      'warm-up 1/1',
      'ok',
      'run 1/3',
      'ok',
      'run 1/3',
      'ok',
      'run 2/3',
      'ok',
      'run 2/3',
      'ok',
      'run 3/3',
      'ok',
      'done pp128',
      'run 3/3',
      'ok',
      'done tg64',
      'finished',
    ]);
  });

  it('records the conditions and nothing derived', async () => {
    const result = await start({}).done;
    expect(result).toMatchObject({
      version: 2,
      plan: MEASURE,
      check: null,
      aborted: false,
      engine: { version: '0.2.86' },
      load: {
        downloadMs: null,
        totalMs: 900,
        importEngineMs: 100,
        openStoreMs: 500,
        uploadMs: 200,
        shadersMs: 300,
        firstTokenMs: null,
      },
    });
    expect(result.cases[1]!.runs[0]!.worker!.tokensMs).toHaveLength(65);
    expect(JSON.stringify(result)).not.toMatch(/median|Tps":\d/);
  });
});

describe('the number of runs', () => {
  const plan = parsePlan('tg8_w1_r5-10')!;

  it('is the least when they agree', async () => {
    expect(timed(await start({}, plan).done)).toHaveLength(5);
  });

  it('grows until the median is known well enough', async () => {
    const runs = timed(await start({ decodeMs: (index) => (index === 2 ? 30 : 20) }, plan).done);
    expect(runs.length).toBeGreaterThan(5);
    expect(runs.length).toBeLessThan(10);
  });

  it('ends at the most', async () => {
    const { done } = start({ decodeMs: (index) => 15 + 5 * (index % 3) }, plan);
    expect(timed(await done)).toHaveLength(10);
  });
});

describe('what goes wrong in a run', () => {
  it('is a row with its reason, and the run is made up for', async () => {
    const [pp, tg] = (await start(failing('unknown', 2)).done).cases;
    expect(pp!.runs.map((r) => r.invalid?.code ?? 'ok')).toEqual(['ok', 'unknown', 'ok', 'ok', 'ok']);
    expect(pp!.stopped).toBeNull();
    expect(tg!.runs).toHaveLength(4);
  });

  it('ends the case after three times, and the plan goes on', async () => {
    const [pp, tg] = (await start(failing('unknown', 0, 2, 4, 6)).done).cases;
    expect(pp!.stopped?.code).toBe('unknown');
    expect(tg!.stopped).toBeNull();
    expect(tg!.runs.filter((r) => !r.invalid)).toHaveLength(4);
  });

  it.each([
    [
      'one token too few',
      (g: Parameters<Script['spoil']>[0]) => ({ ...g, completionTokens: 1 }),
      'wrong-count',
    ],
    [
      'stamps of NaN',
      (g: Parameters<Script['spoil']>[0]) => ({ ...g, worker: { ...g.worker, endMs: NaN } }),
      'bad-stamps',
    ],
    [
      'no duration',
      (g: Parameters<Script['spoil']>[0]) => ({
        ...g,
        worker: { ...g.worker, tokensMs: g.worker.tokensMs.map(() => g.worker.sentMs) },
      }),
      'bad-stamps',
    ],
  ])('is found when the engine tells %s', async (_, spoil, code) => {
    const result = await start({ spoil }, parsePlan('tg8_w0_r3-3')!).done;
    expect(result.cases[0]!.stopped?.code).toBe(code);
    expect(summarize(result)[0]).toMatchObject({ valid: 0, invalid: 3, decodeTps: null });
  });

  it('includes a hidden page, which the watch saw', async () => {
    let round = 0;
    const watch = { begin: () => (round += 1), end: () => (round === 5 ? ('hidden' as const) : null) };
    const [pp] = (await start({}, MEASURE, { watch }).done).cases;
    expect(pp!.runs.map((r) => r.invalid?.code ?? 'ok')).toEqual(['ok', 'ok', 'hidden', 'ok', 'ok']);
    expect(pp!.runs[2]!.worker).not.toBeNull();
  });

  it('is a case that does not fit into the context', async () => {
    const { engine, done } = start({ contextTokens: 128 });
    const [pp, tg] = (await done).cases;
    expect(pp).toMatchObject({ stopped: { code: 'context-full' }, runs: [] });
    expect(pp!.stopped!.message).toContain('129');
    expect(tg!.stopped).toBeNull();
    expect(engine.requests).toHaveLength(4);
  });
});

describe('ending early', () => {
  it('keeps what is finished', async () => {
    const controller = new AbortController();
    const { seen, observer } = notebook();
    const caseFinished = (c: CaseResult) => {
      observer.caseFinished?.(c);
      if (c.case.kind === 'pp') controller.abort();
    };
    const options = { observer: { ...observer, caseFinished }, signal: controller.signal };
    const result = await start({}, MEASURE, options).done;
    expect(result.aborted).toBe(true);
    expect(result.cases[0]).toMatchObject({ runs: { length: 4 }, stopped: null });
    expect(result.cases[1]).toMatchObject({ runs: { length: 3 }, stopped: { code: 'aborted' } });
    expect(seen.slice(-3)).toEqual(['done pp128', 'done tg64', 'aborted']);
  });

  it.each([
    ['warm-up', true, 1, [0]],
    ['timed run', false, 1, [1, 1]],
  ])('in the first %s leaves that out, and cases not begun', async (_, warming, at, runs) => {
    const controller = new AbortController();
    const observer: Observer = {
      runStarted: (_case, { warmup, number }) => warmup === warming && number === at && controller.abort(),
    };
    const plan = parsePlan('tg8_tg9_w1_r3-3')!;
    const { cases } = await start({}, plan, { observer, signal: controller.signal }).done;
    expect(cases.map((c) => c.runs.length)).toEqual(runs);
    expect(cases.every((c) => c.stopped?.code === 'aborted')).toBe(true);
  });

  it('keeps a run that was whole all the same', async () => {
    const controller = new AbortController();
    const spoil: Script['spoil'] = (g, index) => {
      if (index === 2) controller.abort();
      return g;
    };
    const result = await start({ spoil }, MEASURE, { signal: controller.signal }).done;
    expect(result.cases[0]!.runs).toHaveLength(2);
  });

  it('during the check leaves no case', async () => {
    const controller = new AbortController();
    const check = async () => {
      controller.abort();
      throw new Error('ended');
    };
    const result = await start({}, MEASURE, { check, signal: controller.signal }).done;
    expect(result).toMatchObject({ aborted: true, cases: [], check: null });
  });
});

describe('the check', () => {
  it('comes first, and when it fails nothing is run', async () => {
    const { seen, observer } = notebook();
    const failed: Check = { ...PASS, verdict: 'fail', agreeing: 3 };
    const { engine, done } = start({}, MEASURE, { check: async () => failed, observer });
    const result = await done;
    expect(engine.requests).toEqual([]);
    expect(result.cases.map((c) => c.stopped?.code)).toEqual(['check-failed', 'check-failed']);
    expect(seen[1]).toBe('check fail');
  });

  it('is where the first token after a load is seen, with the download before it', async () => {
    const engine = new ScriptedEngine();
    const check = async () => {
      await engine.generate({ ...GREEDY, prompt: { tokens: [1, 2, 3] }, maxTokens: 1 });
      return PASS;
    };
    const { load } = await run(engine, MEASURE, { ...OPTIONS, check, downloadMs: 5000 });
    expect(load).toMatchObject({ downloadMs: 5000, firstTokenMs: 6 });
  });

  it('that cannot be made fails the plan', async () => {
    const { seen, observer } = notebook();
    const options = { observer, check: () => Promise.reject(new Error('lost')) };
    await expect(start({}, MEASURE, options).done).rejects.toThrow('lost');
    expect(seen.at(-1)).toBe('failed');
  });

  it('needs a model', async () => {
    const engine = new ScriptedEngine();
    await engine.unload();
    await expect(run(engine, MEASURE, OPTIONS)).rejects.toMatchObject({ code: 'not-loaded' });
  });
});
