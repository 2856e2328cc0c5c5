import { EngineError, type Engine } from '../engine/engine.ts';
import { ask, greedy } from './check.ts';
import { CHAT_PROMPT } from './plan.ts';
import { promptIds } from './random.ts';
import type { Check, CheckFault } from './result.ts';

/** For models without golden answers: the model against itself, and against what everybody knows. */
export interface ConsistencyOptions {
  /** The model is known to be able to answer an easy question. */
  knows?: boolean;
  /** It thinks before it answers. */
  thinks?: boolean;
  signal?: AbortSignal;
}

/** Tokens that the two ways of computing the same must share: decode steps may fairly differ from prefill at near ties. */
const CONSISTENT_SHARE = 0.75;
const PROMPT_LENGTH = 48;
const ANSWER_LENGTH = 33;
/** Where the answer is cut, read again as a prompt, and continued. */
const CUTS = [8, 16, 24];
/** Tokens compared behind a cut. */
const STRETCH = 8;

/** Questions that the smallest model of the catalogue can answer; one of them is enough, for small models slip. */
const QUESTIONS = [
  { question: 'What is the capital of France? Answer with one word.', answer: /paris/i },
  { question: 'How much is two plus two? Answer with one word.', answer: /\b4\b|\bfour\b/i },
  { question: 'What colour is the sky on a clear day? Answer with one word.', answer: /blue/i },
];
/**
 * Room for a word, and for a sentence around it. A thought does not fit: it may do no more in it than say the question again,
 * so a model that thinks is asked to answer at once.
 */
const SHORT_ANSWER = 64;

/**
 * Output that is made of numbers and not all the same; the same greedy text twice, which is not one character over and over;
 * decoding that agrees with reading the same tokens as a prompt, in one go or behind a filled cache; and, where the model is
 * known to be able to, the answer to an easy question. It finds wrong kernels and races, not wrong weights, which the hashes
 * of the files are for.
 * @throws {EngineError} what the engine throws; `aborted` when asked to stop.
 */
export async function selfConsistency(engine: Engine, options: ConsistencyOptions = {}): Promise<Check> {
  const { knows = false, thinks = false, signal } = options;
  const counted = { agreeing: 0, total: 0 };
  const fault =
    (await findBadLogits(engine, signal)) ??
    (await findUnsteady(engine, signal)) ??
    (await findOtherReading(engine, counted, signal)) ??
    (knows ? await findIgnorance(engine, thinks, signal) : null);
  return { kind: 'consistency', verdict: fault ? 'fail' : 'pass', ...counted, fault };
}

async function findBadLogits(engine: Engine, signal?: AbortSignal): Promise<CheckFault | null> {
  const tokens = promptIds(PROMPT_LENGTH, vocabularySize(engine), 2);
  const { logits } = await ask(engine, { prompt: { tokens }, maxTokens: 1, inspect: true }, signal);
  return logits && (!logits.finite || logits.constant) ? 'bad-logits' : null;
}

async function findUnsteady(engine: Engine, signal?: AbortSignal): Promise<CheckFault | null> {
  const told = { prompt: { messages: CHAT_PROMPT }, maxTokens: ANSWER_LENGTH };
  const { text: first } = await ask(engine, told, signal);
  const { text: second } = await ask(engine, told, signal);
  return first === second && new Set(first.trim()).size >= 4 ? null : 'unsteady';
}

async function findOtherReading(
  engine: Engine,
  counted: { agreeing: number; total: number },
  signal?: AbortSignal,
): Promise<CheckFault | null> {
  const prompt = promptIds(PROMPT_LENGTH, vocabularySize(engine), 1);
  const answer = await greedy(engine, prompt, ANSWER_LENGTH, signal);
  for (const cut of CUTS) {
    const read = answer.slice(0, cut);
    const past = cut === CUTS[0] ? prompt : [];
    const tokens = past.length > 0 ? read : [...prompt, ...read];
    const got = await greedy(engine, tokens, STRETCH, signal, past);
    const alike = countAlike(got, answer.slice(cut, cut + STRETCH));
    counted.agreeing += alike;
    // One different choice makes the tokens behind it another text, so nothing more is compared in this stretch.
    counted.total += Math.min(STRETCH, alike + 1);
  }
  return counted.agreeing >= CONSISTENT_SHARE * counted.total ? null : 'rereads-otherwise';
}

function countAlike(got: number[], want: number[]): number {
  const differs = want.findIndex((token, position) => got[position] !== token);
  return differs < 0 ? want.length : differs;
}

async function findIgnorance(
  engine: Engine,
  thinks: boolean,
  signal?: AbortSignal,
): Promise<CheckFault | null> {
  const short = { maxTokens: SHORT_ANSWER, ignoreEos: false, ...(thinks && { thinking: false }) };
  for (const { question, answer } of QUESTIONS) {
    const prompt = { messages: [{ role: 'user' as const, content: question }] };
    const { text } = await ask(engine, { prompt, ...short }, signal);
    if (answer.test(text)) return null;
  }
  return 'no-known-answer';
}

function vocabularySize(engine: Engine): number {
  const loaded = engine.describe();
  if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.', 'Load a model first.');
  return loaded.vocabularySize;
}
