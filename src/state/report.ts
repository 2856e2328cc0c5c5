import { modelOf } from '../engine/catalog.ts';
import { figures, headline } from '../bench/measure.ts';
import { SOFTWARE } from '../bench/format.ts';
import {
  formatBytes,
  formatFigure,
  formatInterval,
  formatMs,
  formatNumber,
  formatShare,
} from '../bench/number.ts';
import type { Case } from '../bench/plan.ts';
import { refusal } from '../bench/refusal.ts';
import type { Reason, Result, Run } from '../bench/result.ts';
import { rooflineOf } from '../bench/roofline.ts';
import { leading, mainFigure, summarize, type Figure, type Summary } from '../bench/summary.ts';
import { inSeconds, thinkingText } from '../bench/thinking.ts';

/** A result as it is shown. Everything derived is computed here, when it is shown. */
export interface ReportView {
  modelName: string;
  /** The figure that speaks for the result, e.g. 41.2; null when none may be shown. */
  headline: { value: string; what: string; basis: string } | null;
  /** What is asked next: how fast it reads, and how long until it begins; none without a headline. */
  besides: { label: string; value: string }[];
  /** What thinking cost, in a sentence; null where that was not measured. */
  thinking: string | null;
  /** Why no speed is shown; null when one is. */
  refused: string | null;
  software: boolean;
  /** What the check of the answers found; null where it is why no speed is shown. */
  verdict: string | null;
  cases: CaseView[];
  /** How near decoding comes to what the memory allows; null where that is not known. */
  roofline: RooflineView | null;
  conditions: [term: string, value: string][];
}

export interface RooflineView {
  /** What bounds decoding here, in words. */
  text: string;
  uses: { name: string; share: number; percent: string; used: string }[];
}

export interface CaseView {
  name: string;
  meaning: string;
  /** The figure that it is about, with its unit; null where there is none. */
  main: { value: string; unit: string } | null;
  /** What that is, and what it rests on. */
  basis: string | null;
  /** What is told of each run. */
  each: string;
  runs: RunView[];
  stopped: Reason | null;
}

export interface RunView {
  label: string;
  /** Tokens per second, or seconds; null when the run does not count. */
  value: string | null;
  /** 0..1 of the largest value of the case, for its bar. */
  share: number;
  reason: string | null;
}

/** @param elsewhere it was measured on another device, as far as one can know */
export function view(result: Result, elsewhere = false): ReportView {
  const subject = elsewhere ? 'That GPU' : 'This GPU';
  const refused = refusal(result)?.message.replace('This GPU', subject) ?? null;
  const summaries = summarize(result);
  const found = refused === null ? headlineOf(summaries) : null;
  return {
    modelName: nameOf(result),
    headline: found,
    besides: found ? besidesOf(summaries) : [],
    thinking: found ? (thinkingOf(summaries)?.text ?? null) : null,
    refused,
    software: result.adapter.software,
    verdict: result.check?.verdict === 'fail' ? null : verdictOf(result, subject),
    cases: result.cases.map((c, at) => viewCase(summaries[at]!, c.runs, refused !== null)),
    roofline: refused === null ? viewRoofline(result) : null,
    conditions: conditionsOf(result),
  };
}

/** The name of the model that was measured. */
export function nameOf(result: Result): string {
  return modelOf(result.model.variant)?.name ?? result.model.variant;
}

/** The first case that tells what thinking cost. */
function thinkingOf(summaries: Summary[]): { summary: Summary; text: string } | null {
  for (const summary of summaries) {
    const text = thinkingText(summary);
    if (text !== null) return { summary, text };
  }
  return null;
}

/** When the answer begins behind its thoughts, e.g. "6.81 s"; null where that was not measured. */
export function answerTime(summaries: Summary[]): string | null {
  const answerMs = thinkingOf(summaries)?.summary.thought?.answerMs;
  return answerMs ? `${inSeconds(answerMs).value} s` : null;
}

function headlineOf(summaries: Summary[]): ReportView['headline'] {
  const first = leading(summaries);
  const figure = first && mainFigure(first);
  if (!first || !figure) return null;
  return { value: formatFigure(figure), what: verb(first.case), basis: basis(first, figure) };
}

function besidesOf(summaries: Summary[]): ReportView['besides'] {
  const first = leading(summaries);
  const prefill = summaries.find((one) => one.prefillTps && one.case.kind === 'pp' && one !== first);
  const waiting = summaries.find((one) => one.ttftMs && one.case.kind === 'chat') ?? prefill;
  const found: ReportView['besides'] = [];
  if (prefill?.prefillTps) {
    const value = `${formatNumber(prefill.prefillTps.median)} tok/s`;
    found.push({ label: `Prefill (${prefill.case.name})`, value });
  }
  if (waiting?.ttftMs) {
    const value = `after ${formatMs(waiting.ttftMs.median)}`;
    found.push({ label: `First token (${waiting.case.name})`, value });
  }
  return found;
}

/** The headline as one line, for lists. */
export function headlineText(result: Result): string {
  if (refusal(result)) return 'no speed: wrong answers';
  const summaries = summarize(result);
  const found = headlineOf(summaries);
  if (!found) return 'nothing measured';
  const what = found.what === 'prefill' ? ' prefill' : '';
  const answer = answerTime(summaries);
  const waits = answer ? `, answer after ${answer}` : '';
  return `${found.value} tok/s${what}${waits}${result.adapter.software ? `, ${SOFTWARE}` : ''}`;
}

function verb({ kind }: Case): string {
  return kind === 'pp' ? 'prefill' : 'decode';
}

function basis({ case: c }: Summary, figure: Figure): string {
  const interval = formatInterval(figure);
  const runs = figure.count === 1 ? 'one run' : `median of ${figure.count} runs`;
  return interval ? `${c.name}, ${runs}, 95 % interval ${interval}` : `${c.name}, ${runs}`;
}

/** What a case does, in words. */
export function meaning({ kind, promptTokens, generateTokens, depth }: Case): string {
  const behind = depth > 0 ? ` behind ${depth} others` : '';
  if (kind === 'pp') return `Prefill: reads a prompt of ${promptTokens} tokens${behind}`;
  if (kind === 'tg') return `Decode: writes ${generateTokens} tokens${behind}`;
  if (kind === 'think') return `Thinking: answers a sum in at most ${generateTokens} tokens`;
  return `Chat: answers with ${generateTokens} tokens`;
}

function viewCase(summary: Summary, runs: Run[], refused: boolean): CaseView {
  const shown = refused ? { main: null, basis: null } : mainOf(summary);
  const isTimed = isAnswered(summary);
  const values = runs.map((run) => (run.invalid || refused ? null : valueOf(summary, run)));
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return {
    name: summary.case.name,
    meaning: meaning(summary.case),
    ...shown,
    each: isTimed ? 'in seconds to its answer' : 'in tokens per second',
    stopped: summary.stopped,
    runs: runs.map((run, index) => ({
      label: run.warmup ? 'Warm-up' : `Run ${timedUntil(runs, index)}`,
      value: values[index] === null || values[index] === undefined ? null : formatNumber(values[index]),
      share: most > 0 ? (values[index] ?? 0) / most : 0,
      reason: run.invalid?.message ?? (isTimed && values[index] === null ? 'It came to no answer.' : null),
    })),
  };
}

/** Of thinking, when the answer begins; of everything else, how fast it went. */
function mainOf(summary: Summary): Pick<CaseView, 'main' | 'basis'> {
  const figure = mainFigure(summary);
  if (!figure) return { main: null, basis: null };
  const speed = { value: formatFigure(figure), unit: 'tok/s' };
  const ttft = summary.ttftMs && `TTFT ${formatMs(summary.ttftMs.median)}`;
  const tell = (what: string, interval: string | null, ...others: (string | null)[]) =>
    [what, interval && `95 % interval ${interval}`, ttft, ...others].filter(Boolean).join('; ');
  if (!isAnswered(summary))
    return { main: speed, basis: thinkingText(summary) ?? tell('Median', formatInterval(figure)) };
  const { value, interval } = inSeconds(summary.thought!.answerMs!);
  const told = tell('To the first answer token', interval, `decode ${speed.value} tok/s`);
  return { main: { value, unit: 's' }, basis: told };
}

/** Whether a case is about thinking, and the answer behind it came. */
function isAnswered({ case: c, thought }: Summary): boolean {
  return c.kind === 'think' && Boolean(thought?.answerMs);
}

/** What is told of a run: tokens per second, or seconds to its answer. */
function valueOf(summary: Summary, run: Run): number | null {
  const measures = figures(run);
  if (!isAnswered(summary)) return headline(summary.case, measures);
  const answerMs = measures.thought?.answerMs ?? null;
  return answerMs && answerMs / 1000;
}

/** Warm-ups stand between timed runs too, where a lost model was warmed up again. */
function timedUntil(runs: Run[], index: number): number {
  return runs.slice(0, index + 1).filter((run) => !run.warmup).length;
}

function viewRoofline(result: Result): RooflineView | null {
  const found = rooflineOf(result);
  if (!found) return null;
  const { bytesPerS, submitMs, bytesPerToken, isCached, mostTps, uses } = found;
  const memory = `Memory was read at ${formatBytes(bytesPerS)}/s through this adapter, and a submit takes ${formatMs(submitMs)}.`;
  const most = mostTps === null ? '' : ` at most ${formatNumber(mostTps)} tok/s`;
  const bound = isCached
    ? `The model reads only ${formatBytes(bytesPerToken)} per token, which may stay in the GPU's caches, so submits bound it:`
    : `The model reads ${formatBytes(bytesPerToken)} per token, so memory bounds it:`;
  return {
    text: `${memory} ${bound}${most || ' how far is not known'}.`,
    uses: uses.map(({ name, share, usedBytesPerS }) => ({
      name,
      share: Math.min(1, share),
      percent: formatShare(share),
      used: `${formatBytes(usedBytesPerS)}/s`,
    })),
  };
}

function verdictOf({ check, adapter }: Result, subject: string): string {
  if (!check) return 'The answers were not checked.';
  const seen = `${check.agreeing} of ${check.total} tokens as they must be`;
  if (check.kind === 'golden' && adapter.software) return `The expected answer came out: ${seen}.`;
  if (check.kind === 'golden') return `${subject} computed the expected answer: ${seen}.`;
  return `The model agrees with itself: ${check.agreeing} of ${check.total} tokens alike.`;
}

function conditionsOf(result: Result): [string, string][] {
  const { model, adapter, browser, engine, app, timerStepMs, startedUtc } = result;
  const told = [adapter.vendor, adapter.architecture, adapter.device].filter((part) => part !== '').join(' ');
  const gpu = adapter.description || told || 'not disclosed by the browser';
  return [
    ['Model', nameOf(result)],
    ['Variant', `${model.variant} (${model.quantization})`],
    ['GPU', adapter.software ? `${gpu}: ${SOFTWARE}` : gpu],
    ['Browser', `${browser.name} ${browser.version}${browser.os ? ` on ${browser.os}` : ''}`],
    ['Clock', timerStepMs === null ? 'step not known' : `steps of ${Number(timerStepMs.toPrecision(2))} ms`],
    ['Engine', `${engine.name} ${engine.version}`],
    ['App', `Runs Here ${app.version} (${app.commit})`],
    ['When', startedUtc],
  ];
}
