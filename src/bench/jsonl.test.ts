import { expect, test } from 'vitest';
import { toJsonl } from './jsonl.ts';
import { sampleResult } from './samples.ts';

test('every run is a line that says by itself what was measured', async () => {
  const lines = toJsonl(await sampleResult())
    .trimEnd()
    .split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows).toHaveLength(2 * 4);
  expect(rows[4]).toMatchObject({ case: 'tg64', warmup: true, n_gen: 64, n_prompt: 0, n_depth: 0 });
  expect(rows[5]).toMatchObject({ model_type: 'scripted', avg_ts: 50, tpot_ms: 20, invalid: null });
  expect(rows[5]?.['tokens_ms']).toHaveLength(65);
});

test('a run that does not count has a reason and no speed', async () => {
  const result = await sampleResult({ fail: (run) => (run === 1 ? 'unknown' : null) });
  const [, failed] = toJsonl(result).split('\n');
  expect(JSON.parse(failed!)).toMatchObject({ invalid: 'unknown', avg_ts: null, ttft_ms: null });
});
