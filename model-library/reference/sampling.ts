/**
 * From logits to a token in float64, with the meaning that MLC's libraries give to every step
 * (mlc-llm `compiler_pass/attach_logit_processor.py`, TVM relax `sample_top_p_top_k_from_sorted_prob`).
 */

/** Lowest float32: what a forbidden token's logit becomes. */
export const LOWEST = -3.4028234663852886e38;

export interface Penalties {
  presence: number;
  frequency: number;
  repetition: number;
}

/** Forbids tokens whose bit in `allowed` is 0. */
export function mask(logits: readonly number[], allowed: readonly number[]): number[] {
  return logits.map((logit, token) => (((allowed[token >> 5] ?? 0) >>> (token & 31)) & 1 ? logit : LOWEST));
}

/** Adds `bias[token]` to the logits of the tokens named there. */
export function bias(logits: readonly number[], biases: ReadonlyMap<number, number>): number[] {
  return logits.map((logit, token) => logit + (biases.get(token) ?? 0));
}

/** First subtracts presence + count * frequency, then multiplies what is negative by repetition and divides the rest. */
export function penalize(
  logits: readonly number[],
  counts: ReadonlyMap<number, number>,
  p: Penalties,
): number[] {
  return logits.map((logit, token) => {
    const count = counts.get(token);
    if (count === undefined) return logit;
    const lower = logit - (p.presence + count * p.frequency);
    return lower < 0 ? lower * p.repetition : lower / p.repetition;
  });
}

/** At a temperature of 1e-5 or less, the highest logits share everything. */
export function softmax(logits: readonly number[], temperature: number): number[] {
  const highest = logits.reduce((a, b) => Math.max(a, b));
  const weights = logits.map((logit) =>
    temperature <= 1e-5 ? Number(logit === highest) : Math.exp((logit - highest) / temperature),
  );
  const total = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / total);
}

/** Token ids by falling probability; equal ones by id. */
export function argsort(probs: readonly number[]): number[] {
  return probs.map((_, id) => id).sort((a, b) => probs[b]! - probs[a]! || a - b);
}

/**
 * The nucleus is the shortest prefix whose sum reaches `topP`; the answer is the first element at which the running sum
 * exceeds `uniform` times the nucleus' mass.
 * @returns position in `sorted`
 */
export function sampleTopP(sorted: readonly number[], uniform: number, topP: number): number {
  let mass = 0;
  for (const p of sorted) {
    mass += p;
    if (mass >= topP) break;
  }
  let running = 0;
  for (let k = 0; k < sorted.length; k++) {
    running += sorted[k]!;
    if (uniform * mass < running) return k;
  }
  return sorted.length - 1;
}
