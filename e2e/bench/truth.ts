import type { CaseResult } from '../../src/bench/result.ts';
import type { Summary } from '../../src/bench/summary.ts';
import type { Account } from './harness/main.ts';
import { dueMs, type Script } from './harness/script.ts';
import { timesOf, type Span, type Times } from './times.ts';

/** A published figure beside the truth, which is computed from the readings of the script by arithmetic of its own. */
export interface Row {
  case: string;
  figure: string;
  unit: 'ms' | 'tok/s';
  /** By the script, if all went as it says. */
  due: number;
  truth: Span;
  /** NaN: nothing was published. */
  published: number;
  /** What one step of the clock makes in this figure. */
  step: number;
}

/** The promise: within 1 %, and one step of the clock. */
const SHARE = 0.01;
/** A record keeps whole microseconds. */
const RECORD_STEP_MS = 0.001;

/** How far a figure is from the truth; 0 when it cannot be told from it. */
export function distance({ published, truth }: Row): number {
  return Math.max(0, truth.low - published, published - truth.high);
}

export function isRight(row: Row): boolean {
  return distance(row) <= SHARE * row.truth.low + row.step;
}

/** Every figure of the worker's clock and the page's, of every case. */
export function compare(account: Account, script: Script): Row[] {
  return account.result.cases.flatMap((made, at) => {
    const seen = account.seen.filter((one) => one.case === made.case.name);
    const valid = seen.filter((_, run) => !made.runs[run]!.warmup && !made.runs[run]!.invalid);
    return rowsOf(made, account.summaries[at]!, {
      runs: valid.map((one) => timesOf(one, made.case.generateTokens + 1)),
      due: dueTimes(made, script),
      stepMs: Math.max(account.timerStepMs, RECORD_STEP_MS),
    });
  });
}

/**
 * How much longer a figure of the page's clock is than the same time in the worker, in ms, for each run. What explains it is messages:
 * one there, one back.
 */
export function hopsMs({ result, seen }: Account): { totalMs: number[]; ttftMs: number[] } {
  const totalMs: number[] = [];
  const ttftMs: number[] = [];
  for (const { case: c, runs } of result.cases) {
    const times = seen.filter((one) => one.case === c.name).map((one) => timesOf(one, c.generateTokens + 1));
    for (const [at, { page }] of runs.entries()) {
      const worker = times[at]!;
      totalMs.push(page!.endMs - worker.ttftMs.low - worker.decodeMs.low);
      if (page!.firstTextMs !== null) ttftMs.push(page!.firstTextMs - worker.ttftMs.low);
    }
  }
  return { totalMs, ttftMs };
}

interface Truth {
  runs: Times[];
  due: { ttftMs: number; gapsMs: number[] };
  stepMs: number;
}

function rowsOf(made: CaseResult, summary: Summary, truth: Truth): Row[] {
  const { kind, name } = made.case;
  const row: MakeRow = (figure, published, spans, due) => ({
    case: name,
    figure,
    unit: 'ms',
    due,
    truth: middle(spans),
    published: published ?? NaN,
    step: truth.stepMs,
  });
  return [
    ...(kind === 'tg' ? [] : readingRows(summary, truth, row)),
    ...(kind === 'pp' ? [] : writingRows(summary, truth, row)),
    ...pageRows(summary, truth, row),
  ];
}

type MakeRow = (figure: string, published: number | undefined, spans: Span[], due: number) => Row;

function readingRows(summary: Summary, { runs, due }: Truth, row: MakeRow): Row[] {
  const spans = runs.map((run) => run.ttftMs);
  return [
    row('TTFT', summary.ttftMs?.median, spans, due.ttftMs),
    asRate(row('prefill', summary.prefillTps?.median, spans, due.ttftMs), summary.promptTokens ?? NaN),
  ];
}

function writingRows(summary: Summary, { runs, due, stepMs }: Truth, row: MakeRow): Row[] {
  const steps = due.gapsMs.length;
  const spans = runs.map((run) => run.decodeMs);
  const each = spans.map(({ low, high }) => ({ low: low / steps, high: high / steps }));
  const tpot = row('TPOT', summary.tpotMs?.median, each, sum(due.gapsMs) / steps);
  return [
    asRate(row('decode', summary.decodeTps?.median, spans, sum(due.gapsMs)), steps),
    { ...tpot, step: stepMs / steps },
    ...SHARES.map((share) => {
      const ends = percentileSpan(
        runs.flatMap((run) => run.gapsMs),
        share / 100,
      );
      return row(`ITL p${share}`, summary.itl?.[`p${share}Ms`], [ends], percentile(due.gapsMs, share / 100));
    }),
  ];
}

function pageRows({ case: c, page }: Summary, { runs, due }: Truth, row: MakeRow): Row[] {
  const first = runs.map((run) => run.page.ttftMs);
  const total = runs.map((run) => run.page.totalMs);
  return [
    ...(c.kind === 'chat' ? [row('page TTFT', page.ttftMs?.median, first, due.ttftMs)] : []),
    row('page total', page.totalMs?.median, total, due.ttftMs + sum(due.gapsMs)),
  ];
}

/** The same as a rate: `count` tokens in that time. */
function asRate(row: Row, count: number): Row {
  const rate = (ms: number) => (1000 * count) / ms;
  const truth = { low: rate(row.truth.high), high: rate(row.truth.low) };
  return { ...row, unit: 'tok/s', due: rate(row.due), truth, step: (truth.low * row.step) / row.truth.low };
}

const SHARES = [50, 95, 99] as const;

/** A percentile of times that are spans themselves. */
function percentileSpan(spans: Span[], share: number): Span {
  const of = (end: keyof Span) => spans.map((span) => span[end]);
  return { low: percentile(of('low'), share), high: percentile(of('high'), share) };
}

/** By linear interpolation between the two values next to that share of them, as NumPy, R and Excel have it. */
function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (place % 1) * (sorted[Math.ceil(place)]! - below);
}

function dueTimes({ case: { kind, promptTokens, generateTokens } }: CaseResult, script: Script) {
  const prompt = kind === 'chat' ? script.chatTokens : Math.max(1, promptTokens!);
  const times = Array.from({ length: generateTokens + 1 }, (_, token) => dueMs(script, 0, prompt, token));
  return { ttftMs: times[0]!, gapsMs: times.slice(1).map((ms, at) => ms - times[at]!) };
}

function sum(values: number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** The median, whose place is that of the lower and of the higher ends alike. */
function middle(spans: Span[]): Span {
  return percentileSpan(spans, 0.5);
}
