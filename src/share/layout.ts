import { parseCase, type Case } from '../bench/plan.ts';
import { CHECK_FAULTS, type Check, type CheckFault, type LoadTimes, type Result } from '../bench/result.ts';
import { Damaged } from './bytes.ts';
import {
  commit,
  flag,
  list,
  maybe,
  name,
  nullable,
  record,
  set,
  steps,
  version,
  whole,
  word,
  type Codec,
} from './codec.ts';
import {
  ARCHITECTURES,
  BROWSERS,
  CASES,
  ENGINES,
  FEATURES,
  PLAN_NAMES,
  QUANTIZATIONS,
  SYSTEMS,
  VARIANTS,
  VENDORS,
} from './words.ts';

/**
 * The conditions of a result in the link, in the order of the fields below. The drawing:
 *
 *   startedUtc  seconds since 2024 as a number (LEB128)
 *   app         version: number of parts, parts | commit: bytes of hex, these
 *   browser     name | version | os: known words as a number, other names as length and signs
 *   timerStepMs 0 for null, else µs + 1
 *   bandwidth   0, or 1 | MB/s | µs of a submit
 *   engine      name | version
 *   model       variant | quantization | bytes + 1 | context | bytes per token + 1 | KV bytes per token + 1
 *   adapter     vendor | architecture | device | description | software | features: a bit each | MiB | MiB
 *   load        ms + 1, four times
 *   plan        preset | cases by name | warm-ups | least runs | most runs | precision in per mille
 *   check       0, or 1 | kind | verdict | agreeing | total
 *   aborted     0 or 1
 *
 * The cases follow (`runs.ts`), and from version 2 on what was added since:
 *
 *   load          download, upload, first token: ms + 1
 *   circumstances on battery, downloading: 0 not known, 1 no, 2 yes
 *   fault         of the check: 0 none, else its place + 1
 *
 * No prompt, no reply and no free text is in a link.
 */
export type Head = Omit<Result, 'version' | 'cases' | 'circumstances' | 'load' | 'check'> & {
  load: Omit<LoadTimes, keyof Tail['load']>;
  check: Omit<Check, 'fault'> | null;
};

/** What version 2 writes behind the cases. */
export interface Tail {
  load: Pick<LoadTimes, 'downloadMs' | 'uploadMs' | 'firstTokenMs'>;
  circumstances: Result['circumstances'];
  fault: CheckFault | null;
}

const EPOCH_MS = Date.UTC(2024, 0);
const MIB = 2 ** 20;

const time: Codec<string> = {
  write: (to, value) => to.count((Date.parse(value) - EPOCH_MS) / 1000),
  read: (from) => new Date(EPOCH_MS + 1000 * from.count(2 ** 32)).toISOString(),
};

const caseName: Codec<Case> = {
  write: (to, value) => name(CASES, 20).write(to, value.name),
  read: (from) => {
    const found = parseCase(name(CASES, 20).read(from));
    if (!found) throw new Damaged('a case is unknown');
    return found;
  },
};

const model = record<Head['model']>({
  variant: name(VARIANTS, 64),
  quantization: name(QUANTIZATIONS, 16),
  sizeBytes: maybe(1),
  contextTokens: whole,
  bytesPerToken: maybe(1),
  kvBytesPerToken: maybe(1),
});

const adapter = record<Head['adapter']>({
  vendor: name(VENDORS, 24),
  architecture: name(ARCHITECTURES, 24),
  device: name([''], 24),
  description: name([''], 48),
  software: flag,
  features: set(FEATURES),
  maxBufferBytes: steps(MIB),
  maxBindingBytes: steps(MIB),
});

export const head: Codec<Head> = record<Head>({
  startedUtc: time,
  app: record({ version, commit }),
  browser: record({ name: name(BROWSERS, 24), version, os: name(SYSTEMS, 24) }),
  timerStepMs: maybe(0.001),
  bandwidth: nullable(record({ bytesPerS: steps(1e6), submitMs: steps(0.001) })),
  engine: record({ name: name(ENGINES, 24), version }),
  model,
  adapter,
  load: record({ totalMs: whole, importEngineMs: maybe(1), openStoreMs: maybe(1), shadersMs: maybe(1) }),
  plan: record({
    preset: word(PLAN_NAMES),
    cases: list(caseName, 16),
    warmups: whole,
    minRuns: whole,
    maxRuns: whole,
    precision: steps(0.001),
  }),
  check: nullable(
    record({
      kind: word(['golden', 'consistency']),
      verdict: word(['pass', 'fail']),
      agreeing: whole,
      total: whole,
    }),
  ),
  aborted: flag,
});

const told: Codec<boolean | null> = {
  write: (to, value) => to.count(value === null ? 0 : value ? 2 : 1),
  read: (from) => [null, false, true][from.count(2)]!,
};

const fault: Codec<CheckFault | null> = {
  write: (to, value) => to.count(value === null ? 0 : CHECK_FAULTS.indexOf(value) + 1),
  read: (from) => CHECK_FAULTS[from.count(CHECK_FAULTS.length) - 1] ?? null,
};

export const tail: Codec<Tail> = record<Tail>({
  load: record({ downloadMs: maybe(1), uploadMs: maybe(1), firstTokenMs: maybe(1) }),
  circumstances: record({ onBattery: told, downloading: told }),
  fault,
});
