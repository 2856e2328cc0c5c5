import { expect, test } from 'vitest';
import { toJsonl } from './jsonl.ts';
import { parsePlan } from './plan.ts';
import type { Result } from './result.ts';
import { sampleResult } from './samples.ts';

function linesOf(result: Result): Record<string, unknown>[] {
  return toJsonl(result)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('every case is a line in the columns of llama-bench, and says by itself what was measured', async () => {
  const [, tg] = linesOf(await sampleResult());
  expect(tg).toMatchObject({ model_filename: 'scripted', n_prompt: 0, n_gen: 64, n_depth: 0 });
  // 50 tok/s by the script, so 64 of them take 1.28 s.
  expect(tg).toMatchObject({ avg_ts: 50, stddev_ts: 0, avg_ns: 1_280_000_000, stddev_ns: 0 });
  expect(tg).toMatchObject({ samples_ts: [50, 50, 50], samples_ns: [1.28e9, 1.28e9, 1.28e9] });
  expect(tg).toMatchObject({
    case: 'tg64',
    median_ts: 50,
    low_ts: 50,
    high_ts: 50,
    tpot_ms: 20,
    check: 'pass',
    stopped: null,
  });
  expect(tg?.['runs']).toHaveLength(4);
});

test('a run that does not count has a reason and is in no average', async () => {
  const result = await sampleResult({ fail: (run) => (run === 2 ? 'unknown' : null) });
  const { samples_ts: rates, runs } = linesOf(result)[0] as {
    samples_ts: number[];
    runs: { warmup: boolean; invalid: string | null }[];
  };
  expect(runs.map(({ invalid }) => invalid)).toContain('unknown');
  expect(rates).toHaveLength(runs.filter(({ warmup, invalid }) => !warmup && invalid === null).length);
});

test('a case without a run that counts has no speed', async () => {
  const result = await sampleResult();
  const cases = result.cases.map((c) => ({ ...c, runs: [] }));
  expect(linesOf({ ...result, cases })[0]).toMatchObject({
    avg_ts: null,
    avg_ns: null,
    samples_ts: [],
    ttft_ms: null,
  });
});

test('a case of thinking tells what was generated, and what was waited for', async () => {
  const script = { thoughtTokens: 40, endsAfter: 44 };
  const [think] = linesOf(await sampleResult(script, parsePlan('think256_w0_r2-2')!));
  expect(think).toMatchObject({ case: 'think256', n_prompt: null, n_gen: 43, thought_tokens: 40 });
  expect(think).toMatchObject({ answer_ms: 984, answer_low_ms: 984, answer_high_ms: 984 });
  expect(think?.['runs']).toMatchObject([{ thought_tokens: 40, answer_ms: 984 }, { thought_tokens: 40 }]);
  const [pp] = linesOf(await sampleResult());
  expect(pp).toMatchObject({ n_gen: 0, thought_tokens: null, answer_ms: null });
});
