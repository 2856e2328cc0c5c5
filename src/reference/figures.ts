import { SHOWDOWN, type Source } from './source.ts';

/** A speed that somebody published, with all that was told of how it was measured. Unknown is null. */
export interface ReferenceFigure {
  id: string;
  /** Id of a machine of `machines.ts`. */
  machine: string;
  /** Id of a model of `models.ts`; null where none was named. */
  model: string | null;
  /** Tokens per second; the same twice where one number was told. */
  tps: { low: number; high: number };
  /** The source says "about". */
  about: boolean;
  /** What the number is over its measurements. */
  statistic: 'average' | 'peak' | null;
  quantization: string | null;
  engine: string | null;
  /** Answers made at once; 1 is a single person's chat. */
  batch: number | null;
  contextTokens: number | null;
  /** Time to the first token is told to be below this. */
  ttftBelowMs: number | null;
  source: Source;
  /** What else the source tells of this figure. */
  note: string | null;
}

/** What most published figures leave out. */
const UNTOLD = {
  model: null,
  about: false,
  statistic: null,
  quantization: null,
  engine: null,
  batch: null,
  contextTokens: null,
  ttftBelowMs: null,
  source: SHOWDOWN,
  note: null,
} satisfies Partial<ReferenceFigure>;

/**
 * The figures, grouped by model. To add one: a row here with a new `id`, the machine and the model by their ids, and only
 * what the source tells; leave the rest to `UNTOLD`. Give the source as its own `Source`, with a `url` that you opened.
 * What a figure can be compared with is worked out from these facts (`comparable.ts`), never written by hand, and
 * `figures.test.ts` checks that nothing is missing.
 */
export const FIGURES: readonly ReferenceFigure[] = [
  {
    ...UNTOLD,
    id: 'rtx-5090-average',
    machine: 'rtx-5090',
    tps: { low: 213, high: 213 },
    statistic: 'average',
  },
  {
    ...UNTOLD,
    id: 'rtx-4090-average',
    machine: 'rtx-4090',
    tps: { low: 127, high: 127 },
    statistic: 'average',
  },
  {
    ...UNTOLD,
    id: 'rtx-5090-batch-8',
    machine: 'rtx-5090',
    tps: { low: 5841, high: 5841 },
    batch: 8,
    contextTokens: 1024,
    ttftBelowMs: 100,
    note: 'Measured by RunPod, and told to be 2.6 times an A100.',
  },
  {
    ...UNTOLD,
    id: 'rtx-5090-scout',
    machine: 'rtx-5090',
    model: 'llama-4-scout',
    tps: { low: 150, high: 150 },
    about: true,
    quantization: 'INT4',
  },
  {
    ...UNTOLD,
    id: 'rtx-4090-scout',
    machine: 'rtx-4090',
    model: 'llama-4-scout',
    tps: { low: 90, high: 100 },
    quantization: 'INT4',
  },
  {
    ...UNTOLD,
    id: 'm4-max-scout',
    machine: 'm4-max',
    model: 'llama-4-scout',
    tps: { low: 40, high: 40 },
    quantization: 'INT4',
  },
  {
    ...UNTOLD,
    id: 'm3-ultra-gemma-lm-studio',
    machine: 'm3-ultra',
    model: 'gemma-3-27b',
    tps: { low: 33, high: 33 },
    engine: 'LM Studio',
  },
  {
    ...UNTOLD,
    id: 'm3-ultra-gemma-ollama',
    machine: 'm3-ultra',
    model: 'gemma-3-27b',
    tps: { low: 24, high: 24 },
    engine: 'Ollama',
  },
  {
    ...UNTOLD,
    id: 'rtx-5090-405b',
    machine: 'rtx-5090',
    model: 'llama-405b',
    tps: { low: 15, high: 20 },
    quantization: 'quantized',
  },
  {
    ...UNTOLD,
    id: 'rtx-4090-405b',
    machine: 'rtx-4090',
    model: 'llama-405b',
    tps: { low: 8, high: 12 },
    quantization: 'quantized',
  },
];
