import { effect } from '@preact/signals';
import { firstSpeed, isSame } from '../bench/cost.ts';
import { predictDecode, sharesSeen } from '../bench/predict.ts';
import { CACHED_BYTES, refusal } from '../bench/refusal.ts';
import type { Result } from '../bench/result.ts';
import type { AdapterFacts } from '../engine/engine.ts';
import { expectation, type ExpectedSpeed } from './expected.ts';
import { adapter } from './gpu.ts';
import { history, restoreHistory } from './history.ts';
import { rows, type Row } from './models.ts';
import {
  isReading,
  readingFailure,
  readingHere,
  restoreReadings,
  withReading,
  type Reading,
} from './roofline.ts';

let following: Promise<void> | null = null;

/** From now on the speeds to expect follow what is known of this GPU and what was measured on it. */
export function followExpectation(): Promise<void> {
  following ??= follow();
  return following;
}

async function follow(): Promise<void> {
  await Promise.all([restoreReadings(), restoreHistory()]);
  effect(reckon);
}

function reckon(): void {
  const [facts, reading] = [adapter.value, readingHere.value];
  const results = history.value.map(({ result }) => withReading(result));
  const shares = facts ? sharesSeen(results, facts) : [];
  const speeds = rows.value.flatMap((row) => {
    const speed = facts && (measured(row, results, facts) ?? (reading && predicted(row, reading, shares)));
    return row.variant && speed ? [[row.variant.id, speed] as const] : [];
  });
  expectation.value = {
    speeds: new Map(speeds),
    bytesPerS: reading?.bytesPerS ?? null,
    count: shares.length,
    isReading: isReading.value,
    failure: readingFailure.value,
  };
}

/** The newest result of the variant on this adapter. */
function measured({ variant }: Row, results: Result[], facts: AdapterFacts): ExpectedSpeed | null {
  for (const result of results) {
    if (result.model.variant !== variant?.id || !isSame(result.adapter, facts) || refusal(result)) continue;
    const figure = firstSpeed(result, 'decodeTps');
    if (!figure) continue;
    const { low, high } = figure.interval ?? { low: figure.median, high: figure.median };
    return { lowTps: low, highTps: high, isMeasured: true };
  }
  return null;
}

/** Of a model that does not run here, or may sit in the GPU's caches, the memory says nothing. */
function predicted(
  { variant, sizeBytes, loadable }: Row,
  reading: Reading,
  shares: number[],
): ExpectedSpeed | null {
  if (!variant || !loadable || sizeBytes === null || sizeBytes < CACHED_BYTES) return null;
  return { ...predictDecode(sizeBytes, reading, shares), isMeasured: false };
}
