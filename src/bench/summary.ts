import { countedPercentiles } from './gaps.ts';
import { figures, percentiles, type Measures, type Percentiles } from './measure.ts';
import type { Case, CaseKind } from './plan.ts';
import type { CaseResult, Reason, Result, Run } from './result.ts';
import { median, medianInterval, type Interval } from './stats.ts';

/** One figure over the valid timed runs of a case. */
export interface Figure {
  median: number;
  /** 95 % interval of the median by bootstrap; null with fewer than two runs. */
  interval: Interval | null;
  min: number;
  max: number;
  /** Runs that it rests on. */
  count: number;
}

/** What a case came to. Each figure is null when no run could tell it. Definitions: `measure.ts`. */
export interface Summary {
  case: Case;
  /** Valid timed runs. */
  valid: number;
  /** Timed runs without a figure. */
  invalid: number;
  stopped: Reason | null;
  /** Decode steps of a run: those of the case, for `think` the median of those that were made; 0 where none was. */
  steps: number;
  /** Null for `tg`, whose prompt is one token. */
  ttftMs: Figure | null;
  /** Null for `tg`. */
  prefillTps: Figure | null;
  /** Null for `pp`, like `tpotMs` and `itl`. */
  decodeTps: Figure | null;
  tpotMs: Figure | null;
  /** Over the gaps of all valid runs together. */
  itl: Percentiles | null;
  /** On the page's clock; TTFT only where text came (chat cases). */
  page: { ttftMs: Figure | null; decodeTps: Figure | null; totalMs: Figure | null };
  /** The engine's own account. */
  engine: { ttftMs: Figure | null; prefillTps: Figure | null; decodeTps: Figure | null };
  /** Tokens of the prompt as they were counted in the runs; null where they were not, or not alike. */
  promptTokens: number | null;
  /** What thinking cost; null where there was none. */
  thought: ThoughtFigures | null;
}

/** The cost of thinking over the valid runs. */
export interface ThoughtFigures {
  /** Tokens before the first one of the answer; where no answer came, all that were generated. */
  tokens: Figure;
  /** From the request to the first token of the answer, ms; null where none came within the case. */
  answerMs: Figure | null;
}

/** One summary per case, in the plan's order. */
export function summarize(result: Result): Summary[] {
  return result.cases.map(summarizeCase);
}

/** The timed runs of a case that count. */
export function validRuns(result: CaseResult): Run[] {
  return result.runs.filter((run) => !run.warmup && !run.invalid);
}

export function summarizeCase(result: CaseResult): Summary {
  const valid = validRuns(result);
  const measures = valid.map(figures);
  const { kind } = result.case;
  const prompt = (pick: (m: Measures) => number | null) =>
    readsPrompt(kind) ? figure(measures, pick) : null;
  const decode = (pick: (m: Measures) => number | null) => (kind === 'pp' ? null : figure(measures, pick));
  const tpotMs = decode((m) => m.tpotMs);
  return {
    case: result.case,
    valid: valid.length,
    invalid: result.runs.filter((run) => !run.warmup && run.invalid).length,
    stopped: result.stopped,
    steps: stepsOf(result.case, valid),
    ttftMs: prompt((m) => m.ttftMs),
    prefillTps: prompt((m) => m.prefillTps),
    decodeTps: decode((m) => m.decodeTps),
    tpotMs,
    itl: gapPercentiles(result, measures, tpotMs),
    page: {
      ttftMs: prompt((m) => m.page.ttftMs),
      decodeTps: decode((m) => m.page.decodeTps),
      totalMs: figure(measures, (m) => m.page.totalMs),
    },
    engine: {
      ttftMs: prompt((m) => m.engine.ttftMs),
      prefillTps: prompt((m) => m.engine.prefillTps),
      decodeTps: decode((m) => m.engine.decodeTps),
    },
    promptTokens: common(valid.map((run) => run.promptTokens)),
    thought: thoughtFigures(measures),
  };
}

function stepsOf({ kind, generateTokens }: Case, valid: Run[]): number {
  if (kind !== 'think') return generateTokens;
  const made = valid.map((run) => (run.completionTokens ?? 1) - 1);
  return made.length > 0 ? median(made) : 0;
}

function common(values: (number | null)[]): number | null {
  const [first = null, ...others] = values;
  return others.every((value) => value === first) ? first : null;
}

function thoughtFigures(measures: Measures[]): ThoughtFigures | null {
  const tokens = figure(measures, (m) => m.thought?.tokens ?? null);
  return tokens && { tokens, answerMs: figure(measures, (m) => m.thought?.answerMs ?? null) };
}

function gapPercentiles(result: CaseResult, measures: Measures[], tpotMs: Figure | null): Percentiles | null {
  if (result.gapCounts && tpotMs) return countedPercentiles(result.gapCounts, tpotMs.median);
  return percentiles(measures.flatMap((m) => m.gapsMs));
}

function readsPrompt(kind: CaseKind): boolean {
  return kind !== 'tg';
}

function figure(measures: Measures[], pick: (m: Measures) => number | null): Figure | null {
  const values = measures.map(pick).filter((value) => value !== null);
  if (values.length === 0) return null;
  return {
    median: median(values),
    interval: medianInterval(values),
    min: Math.min(...values),
    max: Math.max(...values),
    count: values.length,
  };
}

/** The figure that a case is about: prefill for `pp`, decode for the others. */
export function mainFigure(summary: Summary): Figure | null {
  return summary.case.kind === 'pp' ? summary.prefillTps : summary.decodeTps;
}

/**
 * The case that speaks for a result: the first one that generates, else the first with a figure; null if none has one.
 * Thinking speaks only where nothing else generates, for its length is the model's own.
 */
export function leading(summaries: Summary[]): Summary | null {
  const measured = summaries.filter((summary) => mainFigure(summary));
  const generating = measured.filter((summary) => summary.decodeTps);
  return generating.find(({ case: c }) => c.kind !== 'think') ?? generating[0] ?? measured[0] ?? null;
}
