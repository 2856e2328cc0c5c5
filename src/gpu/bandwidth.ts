import { EngineError } from '../engine/engine.ts';
import { Reader } from './bandwidth-reader.ts';

/** What the memory of an adapter gives, measured. Decoding is bound by it: every token reads all weights once. */
export interface Bandwidth {
  /** Median read bandwidth. */
  bytesPerS: number;
  /** Every sample, in the order taken. */
  samplesBytesPerS: number[];
  /** Size of the buffer that was read. */
  bufferBytes: number;
  /** From submitting next to nothing until its result is on the CPU: the least that any token costs. Median, ms. */
  submitMs: number;
}

export interface BandwidthOptions {
  signal?: AbortSignal;
  /** Milliseconds; `performance.now` unless told. */
  now?: () => number;
}

/** Large enough for the last-level caches of GPUs, which hold up to 128 MB and are read in a circle here. */
const BUFFER_BYTES = 2 ** 28;
/** A slow adapter reads as much as it can in this time … */
const PASS_MS = 250;
/** … and takes no more than three samples when it has been at it for so long, so that all stays near three seconds. */
const PATIENCE_MS = 2000;
const LEAST_SAMPLES = 3;
/** Work of a sample; shorter ones drown in the latency of the submit and the steps of the clock. */
const SAMPLE_MS = 50;
const SAMPLES = 5;
const LATENCY_SAMPLES = 15;
/** Read first, to see how fast the adapter is. */
const TRIAL_BYTES = 2 ** 24;

/**
 * Measure the read bandwidth and the submit latency of an adapter, in a device of its own that is freed at the end.
 * Takes about half a second on a GPU, under three seconds in software. The adapter cannot be used again.
 * @throws {EngineError} `out-of-memory`, `device-lost`, `wrong-output` (the sum of what was read is wrong), `aborted`.
 */
export async function measureBandwidth(
  adapter: GPUAdapter,
  options: BandwidthOptions = {},
): Promise<Bandwidth> {
  let reader: Reader | null = null;
  try {
    reader = await Reader.open(adapter, BUFFER_BYTES, options.now ?? (() => performance.now()));
    return await sample(reader, options.signal ?? new AbortController().signal);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(
      'device-lost',
      'The GPU went away while its memory was measured.',
      'Reload the page and try again.',
      String(error),
    );
  } finally {
    reader?.close();
  }
}

async function sample(reader: Reader, signal: AbortSignal): Promise<Bandwidth> {
  const endMs = reader.now() + PATIENCE_MS;
  await reader.fill(TRIAL_BYTES);
  await reader.read({ bytes: TRIAL_BYTES, passes: 1 }); // compiles the shader
  const submitMs = await repeat(LATENCY_SAMPLES, signal, () => reader.read(NOTHING));
  const { bytes, passes } = await choose(reader, submitMs.median);
  const isLate = () => reader.now() > endMs;
  const elapsed = await repeat(SAMPLES, signal, () => reader.read({ bytes, passes }), isLate);
  const rates = elapsed.all.map((ms) => (1000 * bytes * passes) / Math.max(ms - submitMs.median, ms / 2));
  return {
    bytesPerS: middle(rates),
    samplesBytesPerS: rates,
    bufferBytes: bytes,
    submitMs: submitMs.median,
  };
}

const NOTHING = { bytes: 0, passes: 1 };

/** How much to read, and how often, so that a sample has enough work and a slow adapter not too much. */
async function choose(reader: Reader, submitMs: number): Promise<{ bytes: number; passes: number }> {
  const trial = { bytes: TRIAL_BYTES, passes: 4 };
  const trialMs = Math.max(0.05, (await reader.read(trial)) - submitMs) / trial.passes;
  const bytes = reader.fit((TRIAL_BYTES * PASS_MS) / trialMs);
  await reader.fill(bytes);
  let passes = 1;
  const expectedMs = (trialMs * bytes) / TRIAL_BYTES;
  for (
    let ms = expectedMs > 2 * SAMPLE_MS ? SAMPLE_MS : 0;
    ms < SAMPLE_MS && passes < reader.mostPasses(bytes);
  ) {
    ms = (await reader.read({ bytes, passes })) - submitMs;
    const wanted = Math.ceil((1.2 * SAMPLE_MS * passes) / Math.max(ms, 0.1));
    if (ms < SAMPLE_MS) passes = Math.min(reader.mostPasses(bytes), Math.max(passes + 1, wanted));
  }
  return { bytes, passes };
}

/** Take so many samples; when it is late already, only as few as make a median. */
async function repeat(
  count: number,
  signal: AbortSignal,
  once: () => Promise<number>,
  isLate: () => boolean = () => false,
) {
  const all: number[] = [];
  while (all.length < count && !(isLate() && all.length >= LEAST_SAMPLES)) {
    if (signal.aborted)
      throw new EngineError(
        'aborted',
        'Measuring the memory was ended early.',
        'Start it again when you like.',
      );
    all.push(await once());
  }
  return { all, median: middle(all) };
}

function middle(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
