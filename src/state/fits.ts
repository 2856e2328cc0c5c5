import { computed } from '@preact/signals';
import { formatBytes, formatNumber } from '../bench/number.ts';
import { CATALOG } from '../engine/catalog.ts';
import { isCapped } from '../engine/fit.ts';
import { platformOf } from '../gpu/advice.ts';
import { fitHere, fitOn, type Answer, type Estimate, type Fitting, type Here } from '../reference/fits.ts';
import { formatMemory } from '../reference/memory.ts';
import { machineOf, MACHINES, usableBytes, type Machine } from '../reference/machines.ts';
import { MODELS, weightBytes, type OpenModel } from '../reference/models.ts';
import { expectation } from './expected.ts';
import { adapter, canRun, gpu } from './gpu.ts';
import { rows, type Row } from './models.ts';
import { readingHere } from './roofline.ts';
import { addressOf, route } from './route.ts';

/** Which open-weight models run on the machine that is chosen: the visitor's own, or one of the table. */

export interface FitRow {
  key: string;
  name: string;
  /** Its form and the bytes of its weights. */
  size: string;
  why: string;
  /** Runs it natively; null where nothing does. */
  command: string | null;
  /** Decode speed to expect, in words; null where it is not known. */
  estimate: string | null;
  note: string | null;
}

/** Models with the same answer. */
export interface FitGroup {
  answer: Answer;
  title: string;
  rows: FitRow[];
}

/** A machine to choose, as a link. */
export interface Choice {
  key: string;
  name: string;
  address: string;
  chosen: boolean;
}

/** The machine that the address names; null for the visitor's own. */
export const machine = computed(() =>
  route.value.page === 'showdown' ? machineOf(route.value.machine) : null,
);

export const choices = computed<Choice[]>(() => [
  choice(null, 'This machine'),
  ...MACHINES.map(({ id, name }) => choice(id, name)),
]);

function choice(id: string | null, name: string): Choice {
  const address = addressOf({ page: 'showdown', machine: id });
  return { key: id ?? 'here', name, address, chosen: id === (machine.value?.id ?? null) };
}

/** What is known of the chosen machine, in a sentence. */
export const basis = computed(() => (machine.value ? aboutMachine(machine.value) : aboutHere()));

function aboutMachine(chosen: Machine): string {
  const { name, memoryBytes, usableShare, bytesPerS, note } = chosen;
  const share = `${Math.round(100 * usableShare)} %`;
  const room = `${name}: a model can have about ${formatMemory(usableBytes(chosen))}, ${share} of ${formatMemory(memoryBytes)}.`;
  const speed =
    bytesPerS === null
      ? 'Memory bandwidth differs within this class, so no speed is estimated.'
      : `Memory bandwidth by its maker: ${formatBytes(bytesPerS)} a second.`;
  return [room, speed, note].filter(Boolean).join(' ');
}

function aboutHere(): string {
  const [problem] = gpu.value?.notes ?? [];
  if (gpu.value && !canRun.value) return `${problem?.message ?? 'No GPU.'} So nothing runs in this browser.`;
  const buffer = adapter.value && Math.min(adapter.value.maxBufferBytes, adapter.value.maxBindingBytes);
  const limit = buffer === null ? '' : ` It allows single buffers of ${formatMemory(buffer)}.`;
  const reading = readingHere.value;
  const speed = reading
    ? ` Memory was read at ${formatBytes(reading.bytesPerS)} a second here, so speeds are estimated.`
    : ' Measure the memory on the Results page, and speeds are estimated as well.';
  const slow = adapter.value?.software ? ` ${problem?.message}` : '';
  return `A browser tells what a GPU can do, but not how much memory it has.${limit}${slow}${speed}`;
}

const TITLES: Record<Answer, string> = {
  browser: 'Runs in a browser',
  native: 'Runs natively',
  unknown: 'Runs natively, if the GPU has the memory',
  none: 'Does not fit',
};

export const fitGroups = computed<FitGroup[]>(() => {
  const all = MODELS.map((model) => ({ model, fitting: fittingOf(model) }));
  const answers = Object.keys(TITLES) as Answer[];
  return answers.flatMap((answer) => {
    const same = all.filter(({ fitting }) => fitting.answer === answer);
    const title = answer === 'browser' && !machine.value ? 'Runs in this browser' : TITLES[answer];
    return same.length > 0 ? [{ answer, title, rows: same.map(toRow) }] : [];
  });
});

function fittingOf(model: OpenModel): Fitting {
  if (machine.value) return fitOn(model, machine.value, buildBytes(model));
  return fitHere(model, hereFor(model));
}

function buildBytes({ catalogId }: OpenModel): number | null {
  return CATALOG.find(({ id }) => id === catalogId)?.variants[0]?.memoryBytes ?? null;
}

function hereFor({ catalogId }: OpenModel): Here {
  const row = rows.value.find(({ model }) => model.id === catalogId);
  const told = gpu.value?.deviceMemoryGb ?? null;
  return {
    build: row && canRun.value ? buildOf(row) : null,
    deviceBytes: told === null || isCapped(told) ? null : told * 2 ** 30,
    bytesPerS: readingHere.value?.bytesPerS ?? null,
    hasTerminal: hasTerminal(),
  };
}

function toRow({ model, fitting }: { model: OpenModel; fitting: Fitting }): FitRow {
  const { answer, why, estimate } = fitting;
  return {
    key: model.id,
    name: model.name,
    size: `${formatBytes(weightBytes(model))} of weights, ${model.form}`,
    why,
    command: answer !== 'none' && hasTerminal() ? model.command : null,
    estimate: estimate && estimateText(estimate),
    note: model.note,
  };
}

/** This page's own build of a model: the speed to expect of it is the one that the models page tells. */
function buildOf({ variant, loadable, fit, choice: reason }: Row): Here['build'] {
  const estimate = (variant && expectation.value.speeds.get(variant.id)) ?? null;
  return { runs: loadable, why: fit?.why ?? reason ?? '', estimate };
}

/** Whether the chosen machine runs programs; the visitor's own does unless it calls itself a phone or a tablet. */
function hasTerminal(): boolean {
  if (machine.value) return machine.value.hasTerminal;
  const { system } = platformOf(navigator.userAgent, navigator.maxTouchPoints > 1);
  return system !== 'android' && system !== 'ios';
}

function estimateText({ lowTps, highTps }: Estimate): string {
  return `${coarse(lowTps)}–${coarse(highTps)} tok/s`;
}

/** Two significant digits: an estimate has no more. */
function coarse(tps: number): string {
  const rounded = Number(tps.toPrecision(2));
  return rounded >= 10 ? String(rounded) : formatNumber(rounded).slice(0, 3);
}
