import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../engine/engine.ts';
import { MEASURE, parsePlan, type Plan } from './plan.ts';
import { OPTIONS, PASS } from './samples.ts';
import { ScriptedEngine, type Script } from './scripted.ts';
import { patienceMs } from './stall.ts';
import { run, type Observer, type RunOptions } from './run.ts';

const GREEDY = { temperature: 0, topP: 1, seed: 0, ignoreEos: true };

function start(script: Partial<Script>, plan: Plan = MEASURE, options: Partial<RunOptions> = {}) {
  const engine = new ScriptedEngine(script);
  return { engine, done: run(engine, plan, { ...OPTIONS, ...options }) };
}

/** A script that fails with a code in the runs of these numbers, counted over the whole plan from 0. */
function failing(code: ErrorCode, ...runs: number[]): Partial<Script> {
  return { fail: (index) => (runs.includes(index) ? code : null) };
}

/** The third timed run stands still in its middle. */
const STALLING: Partial<Script> = {
  decodeMs: (index, step) => (index === 3 && step === 5 ? 2500 : 20),
};

/** A plan of four cases, in which the device is lost in the runs of these numbers. */
async function losing(...runs: number[]) {
  const engine = new ScriptedEngine(failing('device-lost', ...runs));
  let loads = 0;
  const recover = async () => {
    loads += 1;
    await engine.load();
  };
  const result = await run(engine, parsePlan('pp8_pp9_pp10_pp11')!, { ...OPTIONS, recover });
  return { result, loads };
}

describe('a lost device', () => {
  it('stops every case that remains when the device is lost for good', async () => {
    const [pp, tg] = (await start(failing('device-lost', 4)).done).cases;
    expect(pp!.stopped?.code).toBe('device-lost');
    expect(pp!.runs.filter((r) => !r.invalid && !r.warmup)).toHaveLength(1);
    expect(tg).toMatchObject({ stopped: { code: 'not-loaded' }, runs: { length: 2 } });
  });

  it('is made up for by loading again, with a new warm-up of every case', async () => {
    const { result, loads } = await losing(8);
    expect(loads).toBe(1);
    expect(result.cases.map((c) => c.stopped)).toEqual([null, null, null, null]);
    expect(result.cases[0]!.runs.map((r) => [r.warmup, r.invalid?.code ?? 'ok'])).toEqual([
      [true, 'ok'],
      [false, 'ok'],
      [false, 'device-lost'],
      [true, 'ok'],
      ...Array.from({ length: 4 }, () => [false, 'ok']),
    ]);
    const others = result.cases.slice(1).map((c) => c.runs.map((r) => (r.warmup ? 'warm-up' : 'run')).join());
    expect(new Set(others)).toEqual(new Set(['warm-up,run,warm-up,run,run,run,run']));
  });

  it('ends a case in which it happens twice, and the plan goes on', async () => {
    const { result, loads } = await losing(4, 8);
    expect(loads).toBe(2);
    expect(result.cases.map((c) => c.stopped?.code ?? 'ok')).toEqual(['device-lost', 'ok', 'ok', 'ok']);
  });

  it('is recovered from twice at most: a third time ends the plan, and what is finished is kept', async () => {
    const { result, loads } = await losing(4, 8, 25);
    expect(loads).toBe(2);
    const codes = result.cases.map((c) => c.stopped?.code ?? 'ok');
    expect(codes).toEqual(['device-lost', 'ok', 'device-lost', 'not-loaded']);
    expect(result.cases[1]!.runs.filter((r) => !r.warmup && !r.invalid)).toHaveLength(5);
    expect(result.aborted).toBe(false);
  });

  it('survives a recovery that fails', async () => {
    const options = { recover: () => Promise.reject(new Error('no')) };
    const result = await start(failing('device-lost', 0), MEASURE, options).done;
    expect(result.cases.map((c) => c.stopped?.code)).toEqual(['device-lost', 'not-loaded']);
  });

  it('is recovered from during the check too', async () => {
    const engine = new ScriptedEngine(failing('engine-crashed', 0));
    let checks = 0;
    const check = async () => {
      checks += 1;
      await engine.generate({ ...GREEDY, prompt: { tokens: [1] }, maxTokens: 1 });
      return PASS;
    };
    const recover = () => engine.load().then(() => undefined);
    const result = await run(engine, MEASURE, { ...OPTIONS, check, recover });
    expect(checks).toBe(2);
    expect(result.cases.every((c) => c.stopped === null)).toBe(true);
  });
});

describe('a run that stands still', () => {
  it('is a stall, when no token came for far longer than between others', async () => {
    const [tg] = (await start(STALLING, parsePlan('tg16_w1_r5-10')!).done).cases;
    expect(tg!.runs.map((r) => r.invalid?.code ?? 'ok')[3]).toBe('stalled');
    expect(tg!.runs[3]!.invalid!.message).toContain('2.5 s');
    expect(tg!.runs.filter((r) => !r.warmup && !r.invalid)).toHaveLength(5);
  });

  it('is a run without an end, which is asked to stop', async () => {
    const limits: number[] = [];
    let expire = false;
    const timer = (ms: number, call: () => void) => {
      limits.push(ms);
      if (expire) call();
      return () => {};
    };
    const observer: Observer = { runStarted: (_, { number }) => (expire = number === 3) };
    const [pp] = (await start({}, parsePlan('pp128_w1_r3-3')!, { timer, observer }).done).cases;
    expect(pp!.runs.map((r) => r.invalid?.code ?? 'ok')).toEqual(['ok', 'ok', 'ok', 'stalled', 'ok']);
    expect(limits[0]).toBe(600_000);
    expect(limits[1]).toBe(30_000);
    expect(patienceMs([4000, 5000])).toBe(100_000);
  });

  it('does not begin while the page is hidden', async () => {
    const seen: string[] = [];
    const watch = {
      ready: async () => void seen.push('ready'),
      begin: () => seen.push('run'),
      end: () => null,
    };
    await start({}, parsePlan('pp8_w1_r1-1')!, { watch }).done;
    expect(seen).toEqual(['ready', 'run', 'ready', 'run']);
  });
});
