/**
 * Seeded random numbers in [0, 1): mulberry32 by Tommy Ettinger (public domain). Two results computed from the same
 * record must show the same interval, and two machines must read the same prompt, so nothing here may be truly random.
 */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Token ids for a prompt of exact length. They come from the second quarter of the vocabulary: special tokens and
 * single bytes sit at either end of it in every tokenizer of the catalogue. Speed does not depend on what they say.
 */
export function promptIds(count: number, vocabularySize: number, seed: number): number[] {
  const next = random(seed);
  const start = Math.floor(vocabularySize / 4);
  const width = Math.max(1, Math.floor(vocabularySize / 4));
  return Array.from({ length: count }, () => start + Math.floor(next() * width));
}
