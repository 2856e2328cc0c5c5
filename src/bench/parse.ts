import { ERROR_CODES, type AdapterFacts } from '../engine/engine.ts';
import {
  boolean,
  integer,
  list,
  milliseconds,
  MOST_MS,
  nullable,
  number,
  object,
  oneOf,
  optional,
  Refused,
  text,
  type Fields,
} from './accept.ts';
import { GAP_BINS } from './gaps.ts';
import { judge } from './measure.ts';
import { isPlan, isPreset, parseCase, type Case, type Plan } from './plan.ts';
import {
  CHECK_FAULTS,
  REASON_CODES,
  RESULT_VERSION,
  type CaseResult,
  type Check,
  type Circumstances,
  type EngineFigures,
  type LoadTimes,
  type ModelFacts,
  type Place,
  type Reason,
  type Result,
  type Run,
  type Thought,
} from './result.ts';

/**
 * The one gate through which a result comes in: from history, a file or a link. Known fields are copied one by one, numbers
 * must be finite and in range, strings are cut and cleaned of control, zero-width and direction signs; nothing else passes.
 * Runs that claim to be valid are judged again. What a record of version 1 does not have is unknown, that is null.
 */
export function parse(value: unknown): Result | null {
  try {
    return readResult(value);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

const READABLE: readonly unknown[] = [1, RESULT_VERSION];
const MOST_RUNS = 64;
const MOST_TOKENS = 200_000;
const MOST_RATE = 1e9;
const MOST_BYTES = 2 ** 50;

function readResult(value: unknown): Result {
  const from = object(value);
  if (!READABLE.includes(from['version'])) throw new Refused('version');
  const plan = readPlan(from['plan']);
  return {
    version: RESULT_VERSION,
    startedUtc: readTime(from['startedUtc']),
    ...readPlace(from),
    engine: readVersioned(from['engine']),
    model: readModel(from['model']),
    adapter: readAdapter(from['adapter']),
    load: readLoad(from['load']),
    circumstances: readCircumstances(from['circumstances'] ?? {}),
    plan,
    check: nullable(from['check'], readCheck),
    cases: list(from['cases'], plan.cases.length).map((c, index) => readCaseResult(c, plan.cases[index]!)),
    aborted: boolean(from['aborted']),
  };
}

function readTime(value: unknown): string {
  const time = text(value, 30);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(time) || Number.isNaN(Date.parse(time)))
    throw new Refused('time');
  return time;
}

function readPlace(from: Fields): Place {
  const app = object(from['app']);
  const browser = object(from['browser']);
  return {
    app: { version: text(app['version'], 40), commit: text(app['commit'], 40) },
    browser: { ...readVersioned(browser), os: text(browser['os'], 60) },
    timerStepMs: nullable(from['timerStepMs'], (step) => number(step, 0, 1000)),
    bandwidth: nullable(from['bandwidth'], readBandwidth),
  };
}

function readBandwidth(value: unknown): NonNullable<Place['bandwidth']> {
  const from = object(value);
  return { bytesPerS: number(from['bytesPerS'], 1, 1e15), submitMs: number(from['submitMs'], 0, MOST_MS) };
}

function readVersioned(value: unknown): { name: string; version: string } {
  const from = object(value);
  return { name: text(from['name'], 60), version: text(from['version'], 60) };
}

function readModel(value: unknown): ModelFacts {
  const from = object(value);
  const bytes = (key: string) => nullable(from[key], (count) => number(count, 0, MOST_BYTES));
  return {
    variant: text(from['variant'], 120),
    quantization: text(from['quantization'], 40),
    sizeBytes: bytes('sizeBytes'),
    contextTokens: integer(from['contextTokens'], 1, 1e8),
    bytesPerToken: bytes('bytesPerToken'),
    kvBytesPerToken: bytes('kvBytesPerToken'),
  };
}

function readAdapter(value: unknown): AdapterFacts {
  const from = object(value);
  return {
    vendor: text(from['vendor'], 120),
    architecture: text(from['architecture'], 120),
    device: text(from['device'], 120),
    description: text(from['description'], 200),
    software: boolean(from['software']),
    features: list(from['features'], 100).map((feature) => text(feature, 60)),
    maxBufferBytes: number(from['maxBufferBytes'], 0, MOST_BYTES),
    maxBindingBytes: number(from['maxBindingBytes'], 0, MOST_BYTES),
  };
}

function readLoad(value: unknown): LoadTimes {
  const from = object(value);
  const time = (key: string) => optional(from[key], milliseconds);
  return {
    downloadMs: time('downloadMs'),
    totalMs: milliseconds(from['totalMs']),
    importEngineMs: time('importEngineMs'),
    openStoreMs: time('openStoreMs'),
    uploadMs: time('uploadMs'),
    shadersMs: time('shadersMs'),
    firstTokenMs: time('firstTokenMs'),
  };
}

function readCircumstances(value: unknown): Circumstances {
  const from = object(value);
  return {
    onBattery: optional(from['onBattery'], boolean),
    downloading: optional(from['downloading'], boolean),
  };
}

function readPlan(value: unknown): Plan {
  const from = object(value);
  const preset = text(from['preset'], 20);
  const plan: Plan = {
    preset: isPreset(preset) ? preset : 'custom',
    cases: list(from['cases'], 64).map(readCase),
    warmups: number(from['warmups'], 0, 100),
    minRuns: number(from['minRuns'], 1, 100),
    maxRuns: number(from['maxRuns'], 1, 100),
    precision: number(from['precision'], 0, 1),
  };
  if (!isPlan(plan)) throw new Refused('plan');
  return plan;
}

/** A case is its name; the rest of it is worked out again. */
function readCase(value: unknown): Case {
  const found = parseCase(text(object(value)['name'], 40));
  if (!found) throw new Refused('case');
  return found;
}

function readCheck(value: unknown): Check {
  const from = object(value);
  const total = integer(from['total'], 0, MOST_TOKENS);
  return {
    kind: oneOf(from['kind'], ['golden', 'consistency'] as const),
    verdict: oneOf(from['verdict'], ['pass', 'fail'] as const),
    agreeing: integer(from['agreeing'], 0, total),
    total,
    fault: optional(from['fault'], (fault) => oneOf(fault, CHECK_FAULTS)),
  };
}

function readCaseResult(value: unknown, planned: Case): CaseResult {
  const from = object(value);
  if (readCase(from['case']).name !== planned.name) throw new Refused('case');
  const runs = list(from['runs'], MOST_RUNS).map((run) => readRun(run, planned));
  return {
    case: planned,
    runs,
    stopped: nullable(from['stopped'], readReason),
    gapCounts: nullable(from['gapCounts'], readCounts),
  };
}

function readCounts(value: unknown): number[] {
  const counts = list(value, GAP_BINS).map((count) => integer(count, 0, MOST_TOKENS));
  if (counts.length !== GAP_BINS) throw new Refused('counts');
  return counts;
}

function readReason(value: unknown): Reason {
  const from = object(value);
  return {
    code: oneOf(from['code'], [...ERROR_CODES, ...REASON_CODES]),
    message: text(from['message'], 300),
  };
}

function readRun(value: unknown, planned: Case): Run {
  const from = object(value);
  const count = (key: string) => nullable(from[key], (tokens) => integer(tokens, 0, MOST_TOKENS));
  const timings = {
    promptTokens: count('promptTokens'),
    completionTokens: count('completionTokens'),
    worker: nullable(from['worker'], readWorker),
    page: nullable(from['page'], readPage),
    usage: nullable(from['usage'], readUsage),
    thought: optional(from['thought'], readThought),
  };
  const invalid = nullable(from['invalid'], readReason) ?? judge(timings, planned);
  return { warmup: boolean(from['warmup']), invalid, ...timings };
}

function readWorker(value: unknown): NonNullable<Run['worker']> {
  const from = object(value);
  return {
    tokensMs: list(from['tokensMs'], MOST_TOKENS).map(milliseconds),
    everyToken: boolean(from['everyToken']),
    endsOnly: boolean(from['endsOnly']),
    endMs: milliseconds(from['endMs']),
  };
}

function readPage(value: unknown): NonNullable<Run['page']> {
  const from = object(value);
  return {
    firstTextMs: nullable(from['firstTextMs'], milliseconds),
    lastTextMs: nullable(from['lastTextMs'], milliseconds),
    endMs: milliseconds(from['endMs']),
  };
}

function readUsage(value: unknown): EngineFigures {
  const from = object(value);
  const rate = (key: string) => nullable(from[key], (tps) => number(tps, 0, MOST_RATE));
  const count = (key: string) => optional(from[key], (tokens) => integer(tokens, 0, MOST_TOKENS));
  return {
    promptTokens: count('promptTokens'),
    completionTokens: count('completionTokens'),
    ttftMs: nullable(from['ttftMs'], milliseconds),
    prefillTps: rate('prefillTps'),
    decodeTps: rate('decodeTps'),
  };
}

function readThought(value: unknown): Thought {
  const from = object(value);
  return {
    tokens: integer(from['tokens'], 0, MOST_TOKENS),
    answerMs: nullable(from['answerMs'], milliseconds),
  };
}
