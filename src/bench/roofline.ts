import { CACHED_BYTES } from './refusal.ts';
import type { Result } from './result.ts';
import { summarizeCase } from './summary.ts';

/** How much of the memory's read bandwidth a decode case uses: it reads all weights for every token, and the KV cache. */
export interface Use {
  /** Of the case. */
  name: string;
  usedBytesPerS: number;
  /** Of the bandwidth measured here. */
  share: number;
}

/** What bounds decoding on an adapter, and how near the cases came (the roofline model, Williams et al. 2009). */
export interface Roofline {
  bytesPerS: number;
  submitMs: number;
  bytesPerToken: number;
  /** So small that it may stay in the GPU's caches: memory does not bound it, and no share is told. */
  isCached: boolean;
  /** No more tokens per second than submits; null where a submit takes no time that the clock sees. */
  mostTps: number | null;
  uses: Use[];
}

/** Null where bandwidth or bytes per token are not known. */
export function rooflineOf(result: Result): Roofline | null {
  const { bandwidth, model } = result;
  if (!bandwidth || !model.bytesPerToken) return null;
  const isCached = model.bytesPerToken < CACHED_BYTES;
  const readMs = isCached ? 0 : (1000 * model.bytesPerToken) / bandwidth.bytesPerS;
  const leastMs = readMs + bandwidth.submitMs;
  return {
    ...bandwidth,
    bytesPerToken: model.bytesPerToken,
    isCached,
    mostTps: leastMs > 0 ? 1000 / leastMs : null,
    uses: isCached ? [] : usesOf(result),
  };
}

function usesOf({ bandwidth, model, cases }: Result): Use[] {
  return cases.map(summarizeCase).flatMap(({ case: c, decodeTps, steps }) => {
    if (!decodeTps || !bandwidth || !model.bytesPerToken) return [];
    const length = c.depth + (c.promptTokens ?? 0) + steps / 2;
    const bytes = model.bytesPerToken + length * (model.kvBytesPerToken ?? 0);
    const usedBytesPerS = decodeTps.median * bytes;
    return [{ name: c.name, usedBytesPerS, share: usedBytesPerS / bandwidth.bytesPerS }];
  });
}
