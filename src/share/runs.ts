import { expectedTokens } from '../bench/measure.ts';
import type { Case } from '../bench/plan.ts';
import type { CaseResult, ReasonCode } from '../bench/result.ts';
import type { Reader, Writer } from './bytes.ts';
import { maybe, word } from './codec.ts';
import {
  blank,
  compact,
  COUNTS,
  ENGINE,
  expand,
  INVALID,
  PAGE,
  TEXT,
  THOUGHT,
  TOLD,
  told,
  KNOWN_BITS,
  type Compact,
} from './compact.ts';
import { gapsOf, readGaps, writeGaps } from './histogram.ts';
import { REASONS } from './words.ts';

/**
 * The runs of a case in the link. Times are whole steps of the clock they were taken with. Neighbouring runs
 * are alike, so each writes its difference from the one before (±), which is a byte or two.
 *
 *   case   reason + 1 or 0 | groups: number | group … | byte: shift of firsts x 16 + shift of spans | run … | common | gaps
 *   group  runs: number | what they have: bits (1 warm-up, 2 invalid, 4 page, 8 text on the page, 16 engine's rate, 32 new counts,
 *          from version 2 on 64 thought, 128 the engine told its counts)
 *   run    new counts: prompt + 1, answer + 1
 *          invalid: reason                     (a run that does not count keeps no times)
 *          valid:   ± first token | ± first to last token | text: ± first text after first token
 *                   | thought, in cases of thinking: ± tokens, ± answer to last token + 1, or 0 for no answer
 *   common ± end after last token | page: ± its end after the worker's | text: ± last text after last token
 *          | engine's rate: ± per mille of ours                     (each only if a run has it)
 *          | engine's counts: ± prompt, answer, TTFT per mille | thought, in others: tokens, steps to the answer or 0
 *   gaps   number of bins that are not empty | per bin: empty ones before it, count
 *
 * What is lost: warm-ups that nothing went wrong in, which no figure uses; of each run's stamps only the first and the last stay; these are shifted to eleven binary digits (0.05 %), the
 * first of a `tg` run, which no figure needs, to seven, and read back in the middle of what was cut; the time from an answer to
 * the last token is cut as all of the span is, so that it stays within it; what is common is the median of the runs, for the
 * page's end the largest.
 */
export interface RunsOptions {
  /** Length of a clock step, ms. */
  unitMs: number;
  /** Write the histogram of gaps as well. */
  histogram: boolean;
}

/** Versions of the link that can be read. */
export type LinkVersion = keyof typeof KNOWN_BITS;

const MOST_RUNS = 64;

const count = maybe(1);
const reasonWord = word<ReasonCode>(REASONS);

export function writeCase(to: Writer, result: CaseResult, options: RunsOptions): void {
  const kept = result.runs.filter((run) => !run.warmup || run.invalid).slice(0, MOST_RUNS);
  const runs = kept.map((run) => compact(run, options.unitMs));
  markCounts(runs, result.case);
  to.count(result.stopped ? REASONS.indexOf(result.stopped.code) + 1 : 0);
  const groups = group(runs);
  to.count(groups.length);
  for (const { size, bits } of groups) {
    to.count(size);
    to.byte(bits);
  }
  const thinks = result.case.kind === 'think';
  const valid = runs.filter((run) => !(run.bits & INVALID));
  const shifts = {
    first: shiftOf(
      valid.map((run) => run.first),
      result.case.kind === 'tg' ? 7 : 11,
    ),
    span: shiftOf(
      valid.map((run) => run.span),
      11,
    ),
  };
  to.byte(shifts.first * 16 + shifts.span);
  let before = blank();
  for (const run of runs) {
    const cut = {
      ...run,
      first: shift(run.first, shifts.first),
      span: shift(run.span, shifts.span),
      answering: run.answering && shift(run.answering - 1, shifts.span) + 1,
    };
    writeRun(to, cut, { before, thinks });
    if (!(run.bits & INVALID)) before = cut;
  }
  writeCommon(to, valid, thinks);
  writeGaps(to, options.histogram ? gapsOf(result) : null);
}

/** Binary digits to cut off, so that `kept` stay of the median. Cutting never leaves its power of two, so it is stable. */
function shiftOf(values: number[], kept: number): number {
  return Math.min(15, Math.max(0, Math.floor(Math.log2(Math.max(1, middle(values)))) - kept + 1));
}

function shift(value: number, digits: number): number {
  return Math.floor(value / 2 ** digits);
}

/** Back in the middle of what was cut off. */
function unshift(value: number, digits: number): number {
  return digits === 0 ? value : value * 2 ** digits + 2 ** (digits - 1);
}

function writeCommon(to: Writer, valid: Compact[], thinks: boolean): void {
  const having = (bit: number) => valid.filter((run) => run.bits & bit);
  to.signed(middle(valid.map((run) => run.tail)));
  if (having(PAGE).length > 0) to.signed(furthest(having(PAGE).map((run) => run.hop)));
  if (having(TEXT).length > 0) to.signed(middle(having(TEXT).map((run) => run.textLast)));
  if (having(ENGINE).length > 0) to.signed(middle(having(ENGINE).map((run) => run.engine)));
  if (having(TOLD).length > 0)
    for (const key of WITNESS) to.signed(middle(having(TOLD).map((run) => run[key])));
  if (having(THOUGHT).length > 0 && !thinks)
    for (const key of THINKING) to.count(middle(having(THOUGHT).map((run) => run[key])));
}

const WITNESS = ['promptMore', 'completionMore', 'ttftMore'] as const;
const THINKING = ['thoughtTokens', 'answer'] as const;
const OWN_THINKING = ['thoughtTokens', 'answering'] as const;

function readCommon(from: Reader, runs: Compact[], thinks: boolean): Partial<Compact> {
  const bits = runs.reduce((all, run) => all | (run.bits & INVALID ? 0 : run.bits), 0);
  return {
    tail: from.signed(),
    hop: bits & PAGE ? from.signed() : 0,
    textLast: bits & TEXT ? from.signed() : 0,
    engine: bits & ENGINE ? from.signed() : 0,
    ...(bits & TOLD && Object.fromEntries(WITNESS.map((key) => [key, from.signed()]))),
    ...(bits & THOUGHT && !thinks && Object.fromEntries(THINKING.map((key) => [key, from.count()]))),
  };
}

export function readCase(
  from: Reader,
  planned: Case,
  { unitMs, version }: { unitMs: number; version: LinkVersion },
): CaseResult {
  const stopped = from.count(REASONS.length);
  const bits = Array.from({ length: from.count(MOST_RUNS) }, () =>
    readGroup(from, KNOWN_BITS[version]),
  ).flat();
  const shifts = from.byte();
  const runs = readRuns(from, bits.slice(0, MOST_RUNS), planned);
  const common = readCommon(from, runs, planned.kind === 'think');
  const restored = runs.map((run) => restore({ ...run, ...common }, shifts));
  return {
    case: planned,
    runs: restored.map((run) => expand(run, unitMs)),
    stopped: stopped === 0 ? null : told(REASONS[stopped - 1]!),
    gapCounts: readGaps(from),
  };
}

function restore(run: Compact, shifts: number): Compact {
  const first = unshift(run.first, shifts >> 4);
  const span = run.span === 0 ? 0 : unshift(run.span, shifts & 15);
  const written = run.answering - 1;
  const answering = written > 0 ? unshift(written, shifts & 15) : 0;
  return { ...run, first, span, answer: run.answering > 0 ? first + span - answering : run.answer };
}

function readRuns(from: Reader, bits: number[], planned: Case): Compact[] {
  const want = expectedTokens(planned);
  let before: Compact = { ...blank(), promptTokens: want.prompt, completionTokens: want.completion };
  return bits.map((one) => {
    const run = readRun(from, one, { before, thinks: planned.kind === 'think' });
    const { promptTokens, completionTokens } = run;
    before = run.bits & INVALID ? { ...before, promptTokens, completionTokens } : run;
    return run;
  });
}

function readGroup(from: Reader, known: number): number[] {
  const size = from.count(MOST_RUNS);
  const bits = from.byte() & known;
  return Array.from({ length: size }, () => bits);
}

/** Counts are written where they are not those of the run before, or for the first run those expected. */
function markCounts(runs: Compact[], c: Case): void {
  const want = expectedTokens(c);
  let [prompt, completion] = [want.prompt, want.completion as number | null];
  for (const run of runs) {
    if (run.promptTokens !== prompt || run.completionTokens !== completion) run.bits |= COUNTS;
    [prompt, completion] = [run.promptTokens, run.completionTokens];
  }
}

function group(runs: Compact[]): { size: number; bits: number }[] {
  const groups: { size: number; bits: number }[] = [];
  for (const { bits } of runs) {
    const open = groups.at(-1);
    if (open?.bits === bits) open.size += 1;
    else groups.push({ size: 1, bits });
  }
  return groups;
}

/** What a run is written after. */
interface Place {
  before: Compact;
  /** Its case is one of thinking. */
  thinks: boolean;
}

function writeRun(to: Writer, run: Compact, { before, thinks }: Place): void {
  if (run.bits & COUNTS) {
    count.write(to, run.promptTokens);
    count.write(to, run.completionTokens);
  }
  if (run.bits & INVALID) return reasonWord.write(to, run.reason);
  to.signed(run.first - before.first);
  if ((run.completionTokens ?? 0) > 1) to.signed(run.span - before.span);
  if (run.bits & TEXT) to.signed(run.textFirst);
  if (run.bits & THOUGHT && thinks) for (const key of OWN_THINKING) to.signed(run[key] - before[key]);
}

function readRun(from: Reader, bits: number, { before, thinks }: Place): Compact {
  const run = { ...blank(), bits };
  run.promptTokens = bits & COUNTS ? count.read(from) : before.promptTokens;
  run.completionTokens = bits & COUNTS ? count.read(from) : before.completionTokens;
  if (bits & INVALID) return { ...run, reason: reasonWord.read(from) };
  run.first = before.first + from.signed();
  run.span = (run.completionTokens ?? 0) > 1 ? before.span + from.signed() : 0;
  if (bits & TEXT) run.textFirst = from.signed();
  if (bits & THOUGHT && thinks) for (const key of OWN_THINKING) run[key] = before[key] + from.signed();
  return run;
}

function middle(values: number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? 0;
}

function furthest(values: number[]): number {
  return values.reduce((far, value) => (Math.abs(value) > Math.abs(far) ? value : far), 0);
}
