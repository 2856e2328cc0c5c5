import { computed, signal } from '@preact/signals';
import { bytesPerToken, kvBytesPerToken } from '../bench/bytes.ts';
import { isSame, type Identity } from '../bench/cost.ts';
import type { ModelFacts, Result } from '../bench/result.ts';
import type { AdapterFacts, EngineError } from '../engine/engine.ts';
import { read, write } from '../store.ts';
import { doors } from './doors.ts';
import { adapter } from './gpu.ts';
import { toEngineError } from './thrown.ts';

/** What an adapter's memory gave, kept on this device. */
export interface Reading {
  adapter: Identity;
  bytesPerS: number;
  submitMs: number;
  /** Milliseconds since the epoch. */
  atMs: number;
}

const MOST_READINGS = 8;

const readings = signal<readonly Reading[]>([]);
/** The memory is being measured now. */
export const isReading = signal(false);
export const readingFailure = signal<EngineError | null>(null);

/** What is known of the adapter that models run on here; null before it was measured. */
export const readingHere = computed(() => (adapter.value ? readingOf(adapter.value) : null));

let restored: Promise<void> | null = null;

/** Read what was kept, once. */
export function restoreReadings(): Promise<void> {
  restored ??= readKept();
  return restored;
}

async function readKept(): Promise<void> {
  const kept = await read('bandwidth', parseReadings);
  if (kept) readings.value = [...readings.value, ...kept];
}

/** Measure the memory of the adapter, and keep what it gave. A failure is told by a signal; null then. */
export async function readMemory(facts = adapter.value, stopped?: AbortSignal): Promise<Reading | null> {
  if (!facts || isReading.value) return null;
  await restoreReadings();
  isReading.value = true;
  readingFailure.value = null;
  try {
    const { bytesPerS, submitMs } = await doors.bandwidth({ signal: stopped });
    return await keep({ adapter: identityOf(facts), bytesPerS, submitMs, atMs: Date.now() });
  } catch (error) {
    const known = toEngineError(error);
    if (known.code !== 'aborted') readingFailure.value = known;
    return null;
  } finally {
    isReading.value = false;
  }
}

/** What is known of an adapter's memory, or is found out now if `measure` says so; null where neither is. */
export async function memoryOf(
  facts: AdapterFacts,
  measure: boolean,
  stopped?: AbortSignal,
): Promise<Result['bandwidth']> {
  await restoreReadings();
  const found = readingOf(facts) ?? (measure ? await readMemory(facts, stopped) : null);
  return found && { bytesPerS: found.bytesPerS, submitMs: found.submitMs };
}

/** Bytes that a stored model reads per token, from its own files. */
export async function bytesOf(id: string): Promise<Pick<ModelFacts, 'bytesPerToken' | 'kvBytesPerToken'>> {
  const [cache, config] = await Promise.all([
    readJson(id, 'tensor-cache.json'),
    readJson(id, 'mlc-chat-config.json'),
  ]);
  return { bytesPerToken: bytesPerToken(cache), kvBytesPerToken: kvBytesPerToken(config) };
}

async function readJson(id: string, path: string): Promise<unknown> {
  try {
    return JSON.parse((await doors.weights().readText(id, path)) ?? 'null');
  } catch {
    return null; // not known, which is what the caller makes of it
  }
}

/** A result of this device with what has become known of its adapter since. */
export function withReading(result: Result): Result {
  const found = result.bandwidth ? null : readingOf(result.adapter);
  return found ? { ...result, bandwidth: { bytesPerS: found.bytesPerS, submitMs: found.submitMs } } : result;
}

function readingOf(facts: AdapterFacts): Reading | null {
  return readings.value.find((one) => isSame(one.adapter, facts)) ?? null;
}

async function keep(reading: Reading): Promise<Reading> {
  const others = readings.value.filter((one) => !isSame(one.adapter, reading.adapter));
  readings.value = [reading, ...others].slice(0, MOST_READINGS);
  await write('bandwidth', readings.value);
  return reading;
}

function identityOf({ vendor, architecture, device, description, software }: Identity): Identity {
  return { vendor, architecture, device, description, software };
}

/** Accept what was stored; readings that make no sense are left out. */
export function parseReadings(kept: unknown): Reading[] | null {
  return Array.isArray(kept) ? kept.filter(isReadingRecord) : null;
}

function isReadingRecord(one: unknown): one is Reading {
  if (typeof one !== 'object' || one === null) return false;
  const { adapter: facts, bytesPerS, submitMs, atMs } = one as Partial<Reading>;
  const texts = [facts?.vendor, facts?.architecture, facts?.device, facts?.description];
  return (
    texts.every((text) => typeof text === 'string') &&
    typeof facts?.software === 'boolean' &&
    [bytesPerS, submitMs, atMs].every((value) => Number.isFinite(value) && Number(value) >= 0)
  );
}
