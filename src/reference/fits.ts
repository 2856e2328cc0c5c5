import { formatMemory } from './memory.ts';
import { usableBytes, type Machine } from './machines.ts';
import { bytesPerStep, weightBytes, type OpenModel } from './models.ts';

/**
 * Where a model can run. `browser`: in this page; `native`: in a program on that machine; `none`: nowhere on it;
 * `unknown`: the browser does not tell enough of the machine.
 */
export type Answer = 'browser' | 'native' | 'none' | 'unknown';

export interface Fitting {
  answer: Answer;
  /** Memory that it needs natively. */
  neededBytes: number;
  /** Why, in numbers. */
  why: string;
  /** Decode speed to expect; null where the bandwidth is not known or the model does not run. */
  estimate: Estimate | null;
}

export interface Estimate {
  lowTps: number;
  highTps: number;
}

const FIXED_BYTES = 1e9;
const FREE_SHARE = 0.05;

/**
 * Memory to reckon with: weights + 5 % + 1 GB. The last two are an allowance for a KV cache of some thousand tokens and
 * for scratch, not a measurement; for Qwen 3.5 0.8B to 9B, web-llm's own list asks for 1.2 to 1.8 GB above the weights.
 */
export function neededBytes(model: OpenModel): number {
  return weightBytes(model) * (1 + FREE_SHARE) + FIXED_BYTES;
}

/**
 * What engines make of a memory's bandwidth while one answer is decoded: the two Gemma 3 figures on an M3 Ultra in
 * `figures.ts` come to 49 % and 67 %, llama.cpp with 7B models on an RTX 4090 to about 72 %.
 */
const USE = { low: 0.45, high: 0.8 };

/**
 * Decoding is bound by reading the weights at work once for each token, so its rate is at most bandwidth / bytes per step,
 * and 45 to 80 % of that in practice. Context, which is read as well, is left out: long ones are slower.
 */
export function estimateDecode(model: OpenModel, bytesPerS: number | null): Estimate | null {
  if (bytesPerS === null) return null;
  const most = bytesPerS / bytesPerStep(model);
  return { lowTps: USE.low * most, highTps: USE.high * most };
}

/**
 * Whether a model runs on a machine of a known kind.
 * @param browserBytes memory that this page's own build of the model needs; null where the page has none
 */
export function fitOn(model: OpenModel, machine: Machine, browserBytes: number | null): Fitting {
  const needs = neededBytes(model);
  const usable = usableBytes(machine);
  const base = { neededBytes: needs, estimate: estimateDecode(model, machine.bytesPerS) };
  if (browserBytes !== null && browserBytes <= usable) {
    return {
      ...base,
      answer: 'browser',
      why: `This page's build needs ${formatMemory(browserBytes)} of ${formatMemory(usable)}.`,
    };
  }
  if (needs <= usable && machine.hasTerminal)
    return { ...base, answer: 'native', why: `It needs ${formatMemory(needs)} of ${formatMemory(usable)}.` };
  return none(base, shortfall(needs, usable, machine));
}

function shortfall(needs: number, usable: number, { hasTerminal }: Machine): string {
  if (needs <= usable && !hasTerminal)
    return `It needs ${formatMemory(needs)} of ${formatMemory(usable)}, but this page has no build of it.`;
  return `It needs ${formatMemory(needs)}, and a model can have ${formatMemory(usable)}: ${formatMemory(needs - usable)} too many.`;
}

/** What is known of the machine that the page runs on. */
export interface Here {
  /** The verdict on this page's own build of the model; null where it has none, or cannot run any. */
  build: { runs: boolean; why: string; estimate: Estimate | null } | null;
  /** Memory of the device without a graphics card's own; null where the browser does not tell, or tells a least amount. */
  deviceBytes: number | null;
  /** Memory bandwidth as measured through this adapter; null before it was. */
  bytesPerS: number | null;
  /** Programs can be run on it; phones run pages only. */
  hasTerminal: boolean;
}

/** The most that a graphics card for one person has today. Browsers tell neither whether there is one nor its memory. */
const LARGEST_CARD_BYTES = 32 * 2 ** 30;

/** Whether a model runs on the visitor's machine; often `unknown`, for the memory of a GPU is not told. */
export function fitHere(model: OpenModel, { build, deviceBytes, bytesPerS, hasTerminal }: Here): Fitting {
  const needs = neededBytes(model);
  const base = { neededBytes: needs, estimate: estimateDecode(model, bytesPerS) };
  if (build?.runs) return { ...base, answer: 'browser', why: build.why, estimate: build.estimate };
  const needed = `${build ? `${build.why} Natively it` : 'It'} needs ${formatMemory(needs)}`;
  if (!hasTerminal) return none(base, `${needed}, and phones run pages only.`);
  if (deviceBytes === null) return { ...base, answer: 'unknown', why: `${needed} of GPU memory.` };
  const has = formatMemory(deviceBytes);
  if (needs > deviceBytes + LARGEST_CARD_BYTES)
    return none(
      base,
      `${needed}: more than the ${has} of this device and the largest graphics card together.`,
    );
  const where =
    needs > deviceBytes ? 'so it takes a graphics card with memory of its own' : 'other programs included';
  return { ...base, answer: 'unknown', why: `${needed}; this device has ${has}, ${where}.` };
}

function none(base: Pick<Fitting, 'neededBytes'>, why: string): Fitting {
  return { ...base, answer: 'none', estimate: null, why };
}
