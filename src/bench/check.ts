import { EngineError, type Engine, type Generation, type Prompt } from '../engine/engine.ts';
import type { Golden, GoldenCase } from './golden.ts';
import { CHAT_PROMPT } from './plan.ts';
import { promptIds } from './random.ts';
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

/** Tokens that the two ways of computing the same must share: decode steps may fairly differ from prefill at near ties. */
const CONSISTENT_SHARE = 0.75;
const PROMPT_LENGTH = 48;
const ANSWER_LENGTH = 33;
/** Where the answer is cut, read again as a prompt, and continued. */
const CUTS = [8, 16, 24];
/** Tokens compared behind a cut. */
const STRETCH = 8;

/**
 * For models without golden answers: the same greedy text twice, which is not one character over and over, and decoding
 * that agrees with reading the same tokens as a prompt, in one go or behind a filled cache. It finds wrong kernels and
 * races, not wrong weights, which the hashes of the files are for.
 * @throws {EngineError} what the engine throws; `aborted` when asked to stop.
 */
export async function selfConsistency(engine: Engine, signal?: AbortSignal): Promise<Check> {
  const first = await answerText(engine, signal);
  const second = await answerText(engine, signal);
  const steady = first === second && new Set(first.trim()).size >= 4;
  const { agreeing, total } = await reread(engine, signal);
  const right = steady && agreeing >= CONSISTENT_SHARE * total;
  const fault = right ? null : steady ? 'rereads-otherwise' : 'unsteady';
  return { kind: 'consistency', verdict: right ? 'pass' : 'fail', agreeing, total, fault };
}

async function answerText(engine: Engine, signal?: AbortSignal): Promise<string> {
  return (await ask(engine, { messages: CHAT_PROMPT }, ANSWER_LENGTH, signal)).text;
}

async function reread(engine: Engine, signal?: AbortSignal) {
  const prompt = promptIds(PROMPT_LENGTH, vocabularySize(engine), 1);
  const answer = await greedy(engine, prompt, ANSWER_LENGTH, signal);
  let agreeing = 0;
  let total = 0;
  for (const cut of CUTS) {
    const read = answer.slice(0, cut);
    const past = cut === CUTS[0] ? prompt : [];
    const tokens = past.length > 0 ? read : [...prompt, ...read];
    const got = await greedy(engine, tokens, STRETCH, signal, past);
    const alike = countAlike(got, answer.slice(cut, cut + STRETCH));
    agreeing += alike;
    // One different choice makes the tokens behind it another text, so nothing more is compared in this stretch.
    total += Math.min(STRETCH, alike + 1);
  }
  return { agreeing, total };
}

function countAlike(got: number[], want: number[]): number {
  const differs = want.findIndex((token, position) => got[position] !== token);
  return differs < 0 ? want.length : differs;
}

function vocabularySize(engine: Engine): number {
  const loaded = engine.describe();
  if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.', 'Load a model first.');
  return loaded.vocabularySize;
}

async function greedy(
  engine: Engine,
  tokens: number[],
  count: number,
  signal?: AbortSignal,
  past: number[] = [],
): Promise<number[]> {
  const prompt = past.length > 0 ? { tokens, past } : { tokens };
  return (await ask(engine, prompt, count, signal)).tokens ?? [];
}

async function ask(engine: Engine, prompt: Prompt, count: number, signal?: AbortSignal): Promise<Generation> {
  await engine.reset();
  const request = { prompt, maxTokens: count, temperature: 0, topP: 1, seed: 0, ignoreEos: true };
  const generation = await engine.generate(request, { signal });
  if (signal?.aborted)
    throw new EngineError('aborted', 'The check was ended early.', 'Measure again when you like.');
  return generation;
}
