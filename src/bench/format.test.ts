import { describe, expect, it } from 'vitest';
import { toCsv } from './export.ts';
import { sentence } from './format.ts';
import { markdown } from './markdown.ts';
import { formatBytes, formatFigure, formatInterval, formatMs, formatNumber, formatShare } from './number.ts';
import { parsePlan } from './plan.ts';
import { PASS, sampleResult } from './samples.ts';
import { ScriptedEngine } from './scripted.ts';

const SOFTWARE = { ...new ScriptedEngine().describe()!.adapter, software: true };

function figure(median: number, low: number, high: number) {
  return { median, interval: { low, high }, min: low, max: high, count: 5 };
}

describe('numbers', () => {
  it.each([
    [figure(41.237, 40.9, 41.6), '41.2', '40.9–41.6'],
    [figure(41.237, 38, 44), '41', '38–44'],
    [figure(41.237, 41.21, 41.26), '41.24', '41.21–41.26'],
    [figure(1234.5, 1100, 1300), '1235', '1100–1300'],
    [figure(50, 50, 50), '50.0', '50.0–50.0'],
  ])('have the digits that their interval settles', (given, shown, interval) => {
    expect(formatFigure(given)).toBe(shown);
    expect(formatInterval(given)).toBe(interval);
  });

  it('without an interval have three digits', () => {
    expect(formatFigure({ median: 41.237, interval: null, min: 41, max: 42, count: 1 })).toBe('41.2');
    expect(formatInterval({ median: 41.237, interval: null, min: 41, max: 42, count: 1 })).toBeNull();
    expect([0, 0.01234, 1.5, 12.34, 123.4, 1234].map(formatNumber)).toEqual([
      '0',
      '0.0123',
      '1.50',
      '12.3',
      '123',
      '1234',
    ]);
  });

  it('carry their unit', () => {
    expect([formatMs(0.1), formatMs(820), formatMs(12_345)]).toEqual(['0.100 ms', '820 ms', '12.3 s']);
    expect([formatShare(0.034), formatShare(0.3)]).toEqual(['3.4 %', '30 %']);
    expect([formatBytes(4.2e6), formatBytes(1.5e9), formatBytes(900)]).toEqual([
      '4.20 MB',
      '1.50 GB',
      '0.900 kB',
    ]);
  });
});

describe('the sentence', () => {
  it('gives the decode rate with what it rests on', async () => {
    expect(sentence(await sampleResult({ decodeMs: (run: number) => 20 + 0.2 * (run % 3) }), 'Demo')).toBe(
      'Demo runs here at 49.5 tok/s (tg64, median of 3 runs, 95 % interval 49.0–50.0).',
    );
  });

  it('says when it was no GPU', async () => {
    expect(sentence(await sampleResult({ adapter: SOFTWARE }))).toMatch(
      /^scripted runs here in software, not a GPU, at 50/,
    );
  });

  it('speaks of the prompt where nothing was generated, and of one run', async () => {
    expect(sentence(await sampleResult({}, parsePlan('pp64_w0_r1-1')!))).toBe(
      'scripted reads its prompt here at 500 tok/s (pp64, one run).',
    );
  });

  it('gives no speed when the check failed or nothing was measured', async () => {
    const refused = await sampleResult({}, undefined, {
      check: async () => ({ ...PASS, verdict: 'fail' as const, agreeing: 1 }),
    });
    expect(sentence(refused)).toMatch(/^No speed is shown for scripted\. This GPU computes wrongly here/);
    expect(sentence(refused)).not.toContain('tok/s');
    const failed = await sampleResult({ fail: () => 'unknown' });
    expect(sentence(failed)).toBe('Nothing could be measured for scripted.');
  });
});

describe('the table', () => {
  it('has one row per case and ends with the build', async () => {
    const table = markdown(await sampleResult({ contextTokens: 128 }));
    expect(table).toBe(
      [
        '| model | quantization | size | backend | test | t/s | TTFT |',
        '| --- | --- | ---: | --- | ---: | ---: | ---: |',
        '| scripted | q4f32_1 | 4.00 MB | WebGPU, acme script | pp128 | context-full |  |',
        '| scripted | q4f32_1 | 4.00 MB | WebGPU, acme script | tg64 | 50.0 (50.0–50.0) |  |',
        '',
        'build: runs-here 0.1.0 (abc1234567), web-llm 0.2.86, Chromium 156 on Linux',
        '',
      ].join('\n'),
    );
  });

  it('says software in the backend, refuses speeds, and lets no text leave its cell', async () => {
    const adapter = { ...SOFTWARE, description: 'a|b\n# <img> `x`' };
    const table = markdown(await sampleResult({ adapter }));
    expect(table).toContain('a\\|b # \\<img\\> \\`x\\` (software, not a GPU)');
    expect(table.split('\n')).toHaveLength(7);
    const wrong = { ...PASS, verdict: 'fail' as const, agreeing: 1 };
    const refused = markdown({ ...(await sampleResult()), check: wrong });
    expect(refused).toContain('| tg64 | refused |');
    expect(refused).toContain('This GPU computes wrongly here: 1 of 32 tokens');
  });
});

describe('what thinking cost', () => {
  it('stands below the table, and in the CSV of each run', async () => {
    const result = await sampleResult({ thoughtTokens: 40, endsAfter: 44 }, parsePlan('think256_w1_r1-1')!);
    expect(markdown(result)).toContain(
      '\nthink256: Thinks first: 40 tokens, 0.98 s before the answer begins (first token after 184 ms).\nbuild',
    );
    const [head, , run] = toCsv(result)
      .split('\r\n')
      .map((line) => line.split(','));
    expect(run![head!.indexOf('thought_tokens')]).toBe('40');
    expect(run![head!.indexOf('answer_ms')]).toBe('984');
  });
});

describe('the CSV', () => {
  it('has a line per run with the raw stamps, warm-ups and failures included', async () => {
    const csv = toCsv(await sampleResult({ fail: (run) => (run === 4 ? 'unknown' : null) }));
    const [head, ...rows] = csv.trimEnd().split('\r\n');
    expect(head!.split(',')).toHaveLength(28);
    expect(rows).toHaveLength(9);
    expect(rows.every((row) => row.split(',').length === 28)).toBe(true);
    expect(rows[2]).toContain('pp128,3,false,unknown,,,');
    expect(rows[8]!.split(',').at(-1)!.split(' ')).toHaveLength(65);
  });

  it('quotes, and disarms formulas', async () => {
    const adapter = { ...SOFTWARE, vendor: '=1+1', architecture: 'a,"b"', description: '' };
    expect(toCsv(await sampleResult({ adapter }))).toContain(`,"'=1+1 a,""b""",true,`);
  });
});
