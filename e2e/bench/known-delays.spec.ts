import type { Page } from '@playwright/test';
import { median } from '../../src/bench/stats.ts';
import { slowDown } from '../support/process.ts';
import type { Account, Slowness } from './harness/main.ts';
import type { Script } from './harness/script.ts';
import { expect, measure, test } from './stage.ts';
import { table } from './table.ts';
import { compare, hopsMs, isRight } from './truth.ts';

/** Reading, writing and a chat; an odd number of runs, so that a median is one of them. */
const PLAN = 'pp128_tg48_chat48_w1_r5-5';

/** What the app does around a job beside sending it, in ms: its own promises, a text that is put together. */
const HANDLING_MS = 2;

/** Uneven gaps, with a tail that is long enough for every percentile to lie well within a group of equal ones. */
const SCRIPT: Script = {
  chatTokens: 90,
  msPerPromptToken: 1.1,
  gapsMs: [9, 14, 9, 9, 13, 9, 9, 31, 9, 13, 9, 9, 9, 14, 9, 9, 13, 9, 47, 9, 9, 31, 14, 9],
};

const HELD = 'page and worker held still for 3/4 of the time';
const CONDITIONS = ['quiet', 'the page throttled 4x', HELD] as const;
type Condition = (typeof CONDITIONS)[number];

for (const condition of CONDITIONS) {
  test(`every published figure is within 1 % and a step of the clock of what the engine did: ${condition}`, async ({
    bench,
  }) => {
    test.setTimeout(180_000);
    const release = await burden(bench, condition);
    const slowness = await bench.evaluate(() => window.bench.slowness());
    const account = await measure(bench, { plan: PLAN, script: SCRIPT });
    await release();
    const rows = compare(account, SCRIPT);
    console.log(table(condition, rows), '\n' + conditions(account, slowness));

    if (condition !== 'quiet') expect(slowness.page, 'the page is slower').toBeGreaterThan(2.5);
    if (condition === HELD) expect(slowness.worker, 'the worker is slower').toBeGreaterThan(2.5);
    expect(rows).toHaveLength(3 + 6 + 9);
    expect(rows.filter((row) => !isRight(row))).toEqual([]);
    expectHops(account);
  });
}

for (const [lie, figures] of [
  ['late', ['TTFT', 'prefill', 'decode', 'TPOT', 'ITL p50', 'ITL p95', 'ITL p99']],
  ['one-too-many', ['decode', 'TPOT', 'ITL p50', 'ITL p95', 'ITL p99']],
] as const) {
  test(`an engine that stamps wrongly is caught: ${lie}`, async ({ bench }) => {
    const account = await measure(bench, { plan: PLAN, script: SCRIPT, lie });
    const rows = compare(account, SCRIPT);
    console.log(table(`${lie} stamps`, rows));
    const wrong = rows.filter((row) => row.case === 'chat48' && !isRight(row));
    expect(wrong.map(({ figure }) => figure)).toEqual(figures);
  });
}

/** On the page everything is later by messages, and by nothing else. */
function expectHops(account: Account): void {
  const { totalMs, ttftMs } = hopsMs(account);
  const most = Math.max(...account.tripsMs);
  for (const hops of [totalMs, ttftMs]) {
    expect(Math.min(...hops), 'the page knows nothing before it has happened').toBeGreaterThan(
      -account.timerStepMs,
    );
    expect(median(hops), 'what a message takes').toBeLessThan(most + HANDLING_MS);
  }
}

async function burden(bench: Page, condition: Condition): Promise<() => Promise<void>> {
  if (condition === 'quiet') return async () => undefined;
  if (condition === HELD) return slowDown(bench.context());
  const debug = await bench.context().newCDPSession(bench);
  await debug.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return async () => void (await debug.send('Emulation.setCPUThrottlingRate', { rate: 1 }));
}

function conditions(account: Account, slowness: Slowness): string {
  const { totalMs, ttftMs } = hopsMs(account);
  return [
    `work takes ${slowness.page.toFixed(1)} times its time on the page, ${slowness.worker.toFixed(1)} times in the worker`,
    `clock: steps of ${account.timerStepMs.toFixed(3)} ms`,
    `a message there and back: ${median(account.tripsMs).toFixed(2)} ms, ${Math.max(...account.tripsMs).toFixed(2)} ms at most`,
    `page beyond worker: TTFT ${median(ttftMs).toFixed(2)} ms, total ${median(totalMs).toFixed(2)} ms`,
  ].join('\n');
}
