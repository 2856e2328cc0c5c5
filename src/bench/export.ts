import { figures } from './measure.ts';
import type { CaseResult, Result, Run } from './result.ts';

/** Results as files. Both hold every run, invalid ones and warm-ups included, so that anyone can do the arithmetic again. */

/** The record itself; `parse` reads it back. */
export function toJson(result: Result): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

const COLUMNS = [
  'started_utc',
  'app',
  'engine',
  'model',
  'quantization',
  'adapter',
  'software',
  'browser',
  'os',
  'case',
  'run',
  'warmup',
  'invalid',
  'prompt_tokens',
  'completion_tokens',
  'ttft_ms',
  'prefill_tps',
  'decode_tps',
  'total_ms',
  'page_ttft_ms',
  'page_total_ms',
  'thought_tokens',
  'answer_ms',
  'engine_prompt_tokens',
  'engine_ttft_ms',
  'engine_prefill_tps',
  'engine_decode_tps',
  'tokens_ms',
];

type Cell = string | number | boolean | null;

/** One line per run (RFC 4180). `tokens_ms` holds the raw stamps since the request, separated by spaces; unknown is empty. */
export function toCsv(result: Result): string {
  const fixed = describe(result);
  const rows = result.cases.flatMap((c) =>
    c.runs.map((run, index) => [...fixed, ...describeRun(c, run, index)]),
  );
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function describe({ startedUtc, app, engine, model, adapter, browser }: Result): Cell[] {
  return [
    startedUtc,
    `${app.version} ${app.commit}`,
    `${engine.name} ${engine.version}`,
    model.variant,
    model.quantization,
    [adapter.vendor, adapter.architecture, adapter.device, adapter.description].filter(Boolean).join(' '),
    adapter.software,
    `${browser.name} ${browser.version}`,
    browser.os,
  ];
}

function describeRun({ case: c }: CaseResult, run: Run, index: number): Cell[] {
  const { ttftMs, prefillTps, decodeTps, totalMs, page, engine, thought } = figures(run);
  return [
    c.name,
    index + 1,
    run.warmup,
    run.invalid?.code ?? '',
    run.promptTokens,
    run.completionTokens,
    ttftMs,
    prefillTps,
    decodeTps,
    totalMs,
    page.ttftMs,
    page.totalMs,
    thought?.tokens ?? null,
    thought?.answerMs ?? null,
    engine.promptTokens,
    engine.ttftMs,
    engine.prefillTps,
    engine.decodeTps,
    run.worker?.tokensMs.join(' ') ?? null,
  ];
}

/** Quoted where needed; a text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP). */
function cell(value: Cell): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
