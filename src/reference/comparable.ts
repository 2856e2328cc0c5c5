import { formatBytes } from '../bench/number.ts';
import type { ReferenceFigure } from './figures.ts';
import { machineOf, usableBytes, type Machine } from './machines.ts';
import { formatMemory } from './memory.ts';
import { bytesPerStep, openModelOf, weightBytes, type OpenModel } from './models.ts';

/** How far a published figure may be set against a decode rate that was measured in a browser. */
export interface Comparable {
  /** `roughly`: an order of magnitude. `hardly`: too little is told. `not`: another quantity, or one that cannot be. */
  grade: 'roughly' | 'hardly' | 'not';
  /** Why, in plain sentences; the weightiest first. */
  reasons: string[];
}

/** Four bits without scales or anything else: the fewest that a quantization of that name can take. */
const LEAST_BITS = 4;

/**
 * The grade follows from what is told, so that no figure gets a better one than its facts allow: more answers at once than
 * one, or weights that the machine cannot hold or read so fast, make it `not`; an unknown model makes it `hardly`; the
 * best that a native engine's figure can be is `roughly`, because a browser's engine is another one.
 */
export function howFar(figure: ReferenceFigure): Comparable {
  const model = openModelOf(figure.model);
  const machine = machineOf(figure.machine);
  const doubts = model && machine ? doubtsOf(figure, model, machine) : [];
  const grade = doubts.length > 0 || (figure.batch ?? 1) > 1 ? 'not' : model === null ? 'hardly' : 'roughly';
  return { grade, reasons: [...batchReason(figure), ...doubts, ...untold(figure), engineReason(figure)] };
}

function batchReason({ batch }: ReferenceFigure): string[] {
  if (batch === null || batch === 1) return [];
  return [`Batch ${batch}: ${inWords(batch)} answers at once, and their tokens are added up. Yours is one.`];
}

function inWords(count: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'][count] ?? String(count);
}

/** What the memory of one such machine cannot do, by the fewest bytes that the weights can take. */
function doubtsOf({ tps }: ReferenceFigure, model: OpenModel, machine: Machine): string[] {
  const least = { ...model, bitsPerWeight: Math.min(LEAST_BITS, model.bitsPerWeight) };
  const holds = weightBytes(least);
  const reads = tps.low * bytesPerStep(least);
  const isTooLarge = holds > usableBytes(machine);
  const isTooFast = machine.bytesPerS !== null && reads > machine.bytesPerS;
  return [
    isTooLarge &&
      `At 4 bits the weights take ${formatMemory(holds)}, and this machine gives a model about ${formatMemory(usableBytes(machine))}: either they were made smaller, or part of them lay elsewhere, or there was more than one.`,
    isTooFast &&
      `One answer at that speed reads ${formatBytes(reads)} of weights a second, and the memory gives ${formatBytes(machine.bytesPerS!)}: it cannot be one answer on one machine.`,
  ].filter((text) => text !== false);
}

function untold({ model, batch, quantization, contextTokens }: ReferenceFigure): string[] {
  const missing = [
    model === null && 'which model',
    quantization === null && 'which quantization',
    batch === null && 'how many answers at once',
    contextTokens === null && 'how long the prompt',
  ].filter((text) => text !== false);
  return missing.length > 0 ? [`Not told: ${missing.join(', ')}.`] : [];
}

function engineReason({ engine }: ReferenceFigure): string {
  const which = engine ?? 'a native engine that is not named';
  return `It ran in ${which}; yours runs in a browser.`;
}
