import type { Account } from './harness/main.ts';
import type { Script } from './harness/script.ts';
import { expect, measure, test } from './stage.ts';

/** Quick, and so even that a fault stands out. */
const EVEN: Script = { chatTokens: 40, msPerPromptToken: 0.5, gapsMs: [6] };
const PLAN = 'pp32_tg8_chat8_w0_r3-3';

test('without a fault every case has its figures', async ({ bench }) => {
  const { summaries, refusal } = await measure(bench, { plan: PLAN, script: EVEN, check: true });
  expect(refusal).toBeNull();
  expect(summaries.map(({ valid, invalid }) => [valid, invalid])).toEqual([
    [3, 0],
    [3, 0],
    [3, 0],
  ]);
});

test('an engine that says something else each time gets no speed', async ({ bench }) => {
  const account = await measure(bench, { plan: PLAN, script: { ...EVEN, babbles: true }, check: true });
  expect(account.refusal?.code).toBe('check-failed');
  expect(account.result.cases.flatMap(({ runs }) => runs)).toEqual([]);
});

test('a stall is a row of its own, and the run is made up for', async ({ bench }) => {
  const script = { ...EVEN, stall: { run: 1, token: 5, ms: 1500 } };
  const account = await measure(bench, { plan: 'tg8_w0_r3-3', script });
  expect(reasons(account)).toEqual([null, 'stalled', null, null]);
  expect(account.summaries[0]!.tpotMs!.max).toBeLessThan(100);
});

test('an engine that grows slower and slower is said to be throttled', async ({ bench }) => {
  const script = { ...EVEN, gapsMs: [30], slowerPerRun: 0.2 };
  const account = await measure(bench, { plan: 'tg8_w0_r8-8', script });
  expect(account.findings.map(({ code }) => code)).toContain('throttling');
});

test('an answer of one token has no rate', async ({ bench }) => {
  const account = await measure(bench, { plan: PLAN, script: { ...EVEN, answerTokens: 1 } });
  const [pp, tg, chat] = account.summaries;
  expect([pp!.valid, tg!.valid, chat!.valid]).toEqual([3, 3, 0]);
  expect(chat).toMatchObject({ decodeTps: null, tpotMs: null, itl: null, stopped: { code: 'wrong-count' } });
});

test('counters of the engine that are not numbers are unknown', async ({ bench }) => {
  const account = await measure(bench, { plan: PLAN, script: { ...EVEN, countsNaN: true } });
  for (const { valid, engine } of account.summaries) {
    expect(valid).toBe(3);
    expect(engine).toEqual({ ttftMs: null, prefillTps: null, decodeTps: null });
  }
});

test('runs that take no time, by a clock that stands still, are refused', async ({ bench }) => {
  const account = await measure(bench, { plan: PLAN, script: { ...EVEN, clockStepMs: 1e7 } });
  expect(new Set(reasons(account))).toEqual(new Set(['bad-stamps']));
  for (const { valid, ttftMs, prefillTps, decodeTps, tpotMs, itl } of account.summaries) {
    expect(valid).toBe(0);
    expect({ ttftMs, prefillTps, decodeTps, tpotMs, itl }).toEqual({
      ttftMs: null,
      prefillTps: null,
      decodeTps: null,
      tpotMs: null,
      itl: null,
    });
  }
});

/** Why runs do not count, in order. */
function reasons({ result }: Account): (string | null)[] {
  return result.cases.flatMap(({ runs }) => runs.map(({ invalid }) => invalid?.code ?? null));
}
