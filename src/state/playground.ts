import { computed, signal } from '@preact/signals';
import type { Measures } from '../bench/measure.ts';
import type { EngineError, GenerateOptions, GenerateRequest, Generation } from '../engine/engine.ts';
import {
  addTurn,
  clearTurns,
  keepUnfinished,
  makeTurn,
  replaceTurns,
  toMessages,
  turns,
  type ThoughtCost,
} from './conversation.ts';
import { mark, unmark } from './crash.ts';
import { noteFault } from './faults.ts';
import { liveSpeed, startLive } from './live.ts';
import { loaded, session, stopWork, target, useEngine } from './session.ts';
import { settings } from './settings.ts';
import { toEngineError } from './thrown.ts';

/** Figures of the latest finished answer of this visit. */
export const lastMeasures = signal<Measures | null>(null);
/** The engine's own record of it, untouched. */
export const lastUsage = signal<Record<string, unknown> | null>(null);

/** Tokens of the latest answer. */
export const lastTokens = signal<number | null>(null);

/** Whether the model on the GPU is one that thinks first, and so can be told not to. */
export const canThink = computed(() => target.value?.model.thinks ?? loaded.value?.canThink ?? false);

/** The model that has answered since it was loaded. */
let proven: unknown = null;

/** How much of an answer is lost at most when the page is killed. */
const KEEP_MS = 2000;

/** Tokens in the context window after the latest answer. */
const usedTokens = signal(0);

/** How full the context window is; null when no model is loaded. */
export const contextUse = computed(() => {
  const facts = loaded.value;
  if (!facts) return null;
  const used = usedTokens.value + (liveSpeed.value?.tokens ?? 0);
  return { used: Math.min(used, facts.contextTokens), total: facts.contextTokens };
});

/** Ask the model something. `byPage`: the page asks by itself, and says so. */
export async function send(text: string, byPage = false): Promise<void> {
  const question = text.trim();
  if (question === '' || session.value !== 'ready') return;
  addTurn(makeTurn('user', question, { byPage }));
  await answer();
}

/** Ask the last question again, in place of the answer that failed. */
export async function askAgain(): Promise<void> {
  if (session.value !== 'ready') return;
  const kept = [...turns.value];
  while (kept.at(-1)?.role === 'assistant') kept.pop();
  if (kept.length === 0) return;
  replaceTurns(kept);
  await answer();
}

/** Let the model go on from where its answer broke off, which it reads again. */
export function goOn(): Promise<void> {
  return send('Go on from where you stopped.');
}

/** Ask the engine to stop; what it wrote so far is kept. */
export function stop(): void {
  stopWork();
}

/** Begin a new conversation. */
export async function newChat(): Promise<void> {
  clearTurns();
  lastMeasures.value = null;
  lastUsage.value = null;
  lastTokens.value = null;
  usedTokens.value = 0;
  if (session.value === 'ready') await useEngine((engine) => engine.reset()).catch(() => undefined);
}

async function answer(): Promise<void> {
  const live = startLive();
  const modelName = target.value?.model.name ?? null;
  const keep = keepNowAndThen(modelName);
  try {
    // The arithmetic is fetched while the model writes: the first page does without it.
    const [generation, { measure }] = await Promise.all([
      generate((delta, tokens) => {
        live.onText(delta, tokens);
        unmarkFirst();
        keep(live.text());
      }),
      import('../bench/measure.ts'),
    ]);
    keepAnswer(generation, measure(generation), modelName);
  } catch (error) {
    keepFailure(toEngineError(error), live.text(), modelName);
  } finally {
    unmarkFirst();
    live.end();
  }
}

/** The first question after a load takes the memory that the load did not. */
async function markFirst(): Promise<void> {
  if (target.value && proven !== loaded.value) await mark('prefill', target.value);
}

function unmarkFirst(): void {
  if (proven === loaded.value) return;
  proven = loaded.value;
  unmark();
}

/** Keeps an answer as it grows: its beginning at once, and then every other second. */
function keepNowAndThen(modelName: string | null): (text: string) => void {
  let keptMs = -Infinity;
  return (text) => {
    if (text === '' || performance.now() - keptMs < KEEP_MS) return;
    keptMs = performance.now();
    keepUnfinished(makeTurn('assistant', text, { modelName }));
  };
}

function generate(onText: GenerateOptions['onText']): Promise<Generation> {
  return useEngine(async (engine, stopped) => {
    await markFirst();
    return engine.generate(request(), { signal: stopped, onText });
  });
}

/** Room for a thought before the answer, in tokens: models that think often take more than a thousand for a small question. */
const THOUGHT_TOKENS = 2048;

function request(): GenerateRequest {
  const { systemPrompt, maxTokens, temperature, topP, thinkFirst } = settings.value;
  const messages = toMessages(turns.value, systemPrompt);
  const asked = { prompt: { messages }, maxTokens, temperature, topP, seed: null, ignoreEos: false };
  if (!canThink.value) return asked;
  return thinkFirst ? { ...asked, maxTokens: maxTokens + THOUGHT_TOKENS } : { ...asked, thinking: false };
}

function keepAnswer(generation: Generation, measures: Measures, modelName: string | null): void {
  lastMeasures.value = measures;
  lastUsage.value = generation.usage;
  lastTokens.value = generation.completionTokens;
  usedTokens.value = generation.contextTokens ?? tokensInUse(generation);
  addTurn(
    makeTurn('assistant', generation.text, {
      modelName,
      finish: generation.finish,
      tokens: generation.completionTokens,
      decodeTps: measures.decodeTps,
      thought: thoughtCost(generation),
    }),
  );
}

function thoughtCost({ thought, worker: { tokensMs } }: Generation): ThoughtCost | null {
  const [firstMs] = tokensMs;
  if (!thought || firstMs === undefined) return null;
  return { ms: (thought.answerMs ?? tokensMs.at(-1) ?? firstMs) - firstMs, tokens: thought.tokens };
}

/**
 * The engine keeps the conversation on the GPU and reads only what is new, or all of it when it has lost the thread.
 * What it read tells which: all of it is at least what was there before.
 */
function tokensInUse({ promptTokens, completionTokens }: Generation): number {
  const before = usedTokens.value;
  const read = promptTokens ?? 0;
  return (read < before ? before : 0) + read + (completionTokens ?? 0);
}

function keepFailure(error: EngineError, text: string, modelName: string | null): void {
  noteFault('answer', error);
  const { code, message, hint, detail = null } = error;
  addTurn(makeTurn('assistant', text, { modelName, failure: { code, message, hint, detail } }));
}
