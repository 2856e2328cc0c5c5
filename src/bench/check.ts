import { EngineError, type Engine, type GenerateRequest, type Generation } from '../engine/engine.ts';
import type { Golden, GoldenCase } from './golden.ts';
import type { Check } from './result.ts';

/**
 * No speed without a correct answer: GPUs, drivers and shader compilers that compute wrongly do so silently and fast
 * (https://github.com/hybridgroup/yzma/pull/324, https://github.com/ggml-org/llama.cpp/issues/25748).
 */

/** A choice counts where the reference preferred it by more than this; float32 and float64 logits differ by about 0.01. */
const CLEAR_MARGIN = 0.1;
/** Share of clear choices that must be made alike. */
const GOLDEN_SHARE = 0.95;
/** Fewer clear choices than this prove nothing. */
const LEAST_CLEAR = 8;
/** Tokens compared per golden case. */
const POSITIONS = 32;
/** How often a case is taken up again after a choice that was fairly made otherwise. */
const MOST_RESUMES = 4;

export interface CheckOptions {
  /** `some` (the shortest, the middle and the longest prompt; a few seconds) or all golden cases. */
  cases?: 'some' | 'all';
  signal?: AbortSignal;
}

/**
 * Compare greedy answers of the loaded model with golden ones, token by token, where the golden choice was clear.
 * @throws {EngineError} what the engine throws; `aborted` when asked to stop.
 */
export async function check(engine: Engine, golden: Golden, options: CheckOptions = {}): Promise<Check> {
  const cases = options.cases === 'all' ? golden.cases : someCases(golden);
  let agreeing = 0;
  let total = 0;
  for (const c of cases) {
    const found = await compare(engine, c, options.signal);
    agreeing += found.agreeing;
    total += found.total;
  }
  const right = total >= LEAST_CLEAR && agreeing >= GOLDEN_SHARE * total;
  const fault = right ? null : 'wrong-tokens';
  return { kind: 'golden', verdict: right ? 'pass' : 'fail', agreeing, total, fault };
}

/** The shortest, the middle and the longest prompt: one kernel alone, a usual chat, several prefill chunks. */
function someCases(golden: Golden): GoldenCase[] {
  const sorted = [...golden.cases].sort((a, b) => a.promptTokens.length - b.promptTokens.length);
  return [...new Set([sorted.at(0)!, sorted.at(Math.floor(sorted.length / 2))!, sorted.at(-1)!])];
}

/**
 * One golden case. A different choice at a clear position is a wrong one, and so is all that follows from it. At a position
 * that was not clear it is fair: the golden token is put in its place, and the answer goes on from there.
 */
async function compare(engine: Engine, c: GoldenCase, signal?: AbortSignal) {
  const want = c.outputTokens.slice(0, POSITIONS);
  const isClear = (position: number) => c.margins[position]! > CLEAR_MARGIN;
  const clear = want.map((_, position) => position).filter(isClear);
  let start = 0;
  for (let resumes = 0; resumes <= MOST_RESUMES && start < want.length; resumes++) {
    const got = await greedy(
      engine,
      [...c.promptTokens, ...want.slice(0, start)],
      want.length - start,
      signal,
    );
    const differs = want.findIndex((token, position) => position >= start && got[position - start] !== token);
    if (differs < 0) return { agreeing: clear.length, total: clear.length };
    if (isClear(differs)) return { agreeing: clear.filter((p) => p < differs).length, total: clear.length };
    start = differs + 1;
  }
  const seen = clear.filter((position) => position < start).length;
  return { agreeing: seen, total: seen };
}

/** Greedy tokens behind a prompt. */
export async function greedy(
  engine: Engine,
  tokens: number[],
  count: number,
  signal?: AbortSignal,
  past: number[] = [],
): Promise<number[]> {
  const prompt = past.length > 0 ? { tokens, past } : { tokens };
  return (await ask(engine, { prompt, maxTokens: count }, signal)).tokens ?? [];
}

/**
 * One greedy answer on an emptied KV cache.
 * @throws {EngineError} what the engine throws; `aborted` when asked to stop.
 */
export async function ask(
  engine: Engine,
  asked: Pick<GenerateRequest, 'prompt' | 'maxTokens'> & Partial<GenerateRequest>,
  signal?: AbortSignal,
): Promise<Generation> {
  await engine.reset();
  const request = { temperature: 0, topP: 1, seed: 0, ignoreEos: true, ...asked };
  const generation = await engine.generate(request, { signal });
  if (signal?.aborted)
    throw new EngineError('aborted', 'The check was ended early.', 'Measure again when you like.');
  return generation;
}
