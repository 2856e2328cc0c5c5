import { signal } from '@preact/signals';
import type { EngineError } from '../engine/engine.ts';
import { read } from '../store.ts';

/** Decode speed of a variant on this GPU, before or after it was measured. */
export interface ExpectedSpeed {
  lowTps: number;
  highTps: number;
  /** It is the newest result of this very variant here, and no forecast. */
  isMeasured: boolean;
}

/** What can be said of speeds before any download. */
export interface Expectation {
  /** By id of the variant; empty while the memory of this GPU is not known. */
  speeds: ReadonlyMap<string, ExpectedSpeed>;
  /** What the memory was read at; null while it is not known. */
  bytesPerS: number | null;
  /** Large models that were measured here, on which the forecasts lean. */
  count: number;
  isReading: boolean;
  failure: EngineError | null;
}

export const expectation = signal<Expectation>({
  speeds: new Map(),
  bytesPerS: null,
  count: 0,
  isReading: false,
  failure: null,
});

/** Tell the speeds to expect, if the memory was measured in an earlier visit. Nothing more is fetched if it was not. */
export async function expectAsBefore(): Promise<void> {
  const isKnown = await read('bandwidth', (kept) => (Array.isArray(kept) && kept.length > 0 ? true : null));
  if (isKnown) await (await import('./expecting.ts')).followExpectation();
}

/** Measure the memory of this GPU, which takes a few seconds, and tell the speeds to expect. */
export async function measureAndExpect(): Promise<void> {
  const [{ followExpectation }, { readMemory }] = await Promise.all([
    import('./expecting.ts'),
    import('./roofline.ts'),
  ]);
  await followExpectation();
  await readMemory();
}
