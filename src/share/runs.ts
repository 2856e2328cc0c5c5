import { countGaps, GAP_BINS } from '../bench/gaps.ts';
import { expectedTokens, figures } from '../bench/measure.ts';
import type { Case } from '../bench/plan.ts';
import type { CaseResult, ReasonCode } from '../bench/result.ts';
import { median } from '../bench/stats.ts';
import { validRuns } from '../bench/summary.ts';
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
  told,
  type Compact,
} from './compact.ts';
import { REASONS } from './words.ts';

/**
 * The runs of a case in version 1 of the link. Times are whole steps of the clock they were taken with, so nothing is lost
 * but single stamps: of each run the first and the last token's stay. Neighbouring runs are alike, so each writes its
 * difference from the one before (±), which is a byte or two.
 *
 *   case   reason + 1 or 0 | groups: number | group … | run … | ± end after last token | ± page's end after worker's | gaps
 *   group  runs: number | what they have: bits (1 warm-up, 2 invalid, 4 page, 8 text on the page, 16 engine's rate, 32 new counts)
 *   run    new counts: prompt + 1, answer + 1
 *          invalid: reason                     (a run that does not count keeps no times)
 *          valid:   ± first token | ± first to last | text: ± first, last behind worker | engine's rate: ± per mille of ours
 *   gaps   number of bins that are not empty | per bin: empty ones before it, count
 *
 * Both ends are kept once for a case: the median of the first, the largest of the second.
 */
export interface RunsOptions {
  /** Length of a clock step, ms. */
  unitMs: number;
  /** Write the histogram of gaps as well. */
  histogram: boolean;
}

const MOST_RUNS = 64;

const count = maybe(1);
const reasonWord = word<ReasonCode>(REASONS);

export function writeCase(to: Writer, result: CaseResult, options: RunsOptions): void {
  const runs = result.runs.slice(0, MOST_RUNS).map((run) => compact(run, options.unitMs));
  markCounts(runs, result.case);
  to.count(result.stopped ? REASONS.indexOf(result.stopped.code) + 1 : 0);
  const groups = group(runs);
  to.count(groups.length);
  for (const { size, bits } of groups) {
    to.count(size);
    to.byte(bits);
  }
  let before = blank();
  for (const run of runs) {
    writeRun(to, run, before);
    if (!(run.bits & INVALID)) before = run;
  }
  const valid = runs.filter((run) => !(run.bits & INVALID));
  to.signed(middle(valid.map((run) => run.tail)));
  to.signed(furthest(valid.filter((run) => run.bits & PAGE).map((run) => run.hop)));
  writeGaps(to, options.histogram ? gapsOf(result) : null);
}

export function readCase(from: Reader, planned: Case, unitMs: number): CaseResult {
  const stopped = from.count(REASONS.length);
  const bits = Array.from({ length: from.count(MOST_RUNS) }, () => readGroup(from)).flat();
  const runs: Compact[] = [];
  const want = expectedTokens(planned);
  let before: Compact = { ...blank(), promptTokens: want.prompt, completionTokens: want.completion };
  for (const one of bits.slice(0, MOST_RUNS)) {
    const run = readRun(from, one, before);
    runs.push(run);
    const { promptTokens, completionTokens } = run;
    before = run.bits & INVALID ? { ...before, promptTokens, completionTokens } : run;
  }
  const tail = from.signed();
  const hop = from.signed();
  return {
    case: planned,
    runs: runs.map((run) => expand({ ...run, tail, hop }, unitMs)),
    stopped: stopped === 0 ? null : told(REASONS[stopped - 1]!),
    gapCounts: readGaps(from),
  };
}

function readGroup(from: Reader): number[] {
  const size = from.count(MOST_RUNS);
  const bits = from.byte();
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

function writeRun(to: Writer, run: Compact, before: Compact): void {
  if (run.bits & COUNTS) {
    count.write(to, run.promptTokens);
    count.write(to, run.completionTokens);
  }
  if (run.bits & INVALID) return reasonWord.write(to, run.reason);
  to.signed(run.first - before.first);
  if ((run.completionTokens ?? 0) > 1) to.signed(run.span - before.span);
  if (run.bits & TEXT) {
    to.signed(run.textFirst);
    to.signed(run.textLast);
  }
  if (run.bits & ENGINE) to.signed(run.engine);
}

function readRun(from: Reader, bits: number, before: Compact): Compact {
  const run = { ...blank(), bits };
  run.promptTokens = bits & COUNTS ? count.read(from) : before.promptTokens;
  run.completionTokens = bits & COUNTS ? count.read(from) : before.completionTokens;
  if (bits & INVALID) return { ...run, reason: reasonWord.read(from) };
  run.first = before.first + from.signed();
  run.span = (run.completionTokens ?? 0) > 1 ? before.span + from.signed() : 0;
  if (bits & TEXT) {
    run.textFirst = from.signed();
    run.textLast = from.signed();
  }
  if (bits & ENGINE) run.engine = from.signed();
  return run;
}

function gapsOf(result: CaseResult): number[] | null {
  if (result.gapCounts) return result.gapCounts;
  const measures = validRuns(result).map(figures);
  const tpots = measures.flatMap((one) => one.tpotMs ?? []);
  const gapsMs = measures.flatMap((one) => one.gapsMs);
  return gapsMs.length > 0 ? countGaps(gapsMs, median(tpots)) : null;
}

function writeGaps(to: Writer, counts: number[] | null): void {
  const filled = (counts ?? []).flatMap((many, bin) => (many > 0 ? [bin] : []));
  to.count(filled.length);
  filled.forEach((bin, at) => {
    to.count(bin - (at === 0 ? 0 : filled[at - 1]! + 1));
    to.count(counts![bin]!);
  });
}

function readGaps(from: Reader): number[] | null {
  const filled = from.count(GAP_BINS);
  if (filled === 0) return null;
  const counts = Array.from({ length: GAP_BINS }, () => 0);
  for (let at = 0, bin = 0; at < filled; at++, bin++) {
    bin += from.count(GAP_BINS - 1);
    counts[Math.min(bin, GAP_BINS - 1)] = from.count(1e6);
  }
  return counts;
}

function middle(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function furthest(values: number[]): number {
  return values.reduce((far, value) => (Math.abs(value) > Math.abs(far) ? value : far), 0);
}
