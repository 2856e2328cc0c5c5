import { expect, it } from 'vitest';
import type { GenerateRequest, Prompt } from '../engine.ts';
import { SCRIPTED_ADAPTER } from '../scripted.ts';
import { epochMs } from '../stamps.ts';
import { TextBatch } from './batch.ts';
import { generateText, type Job } from './generate.ts';
import type { Session } from './session.ts';
import { tapPipeline } from './tap.ts';
import { generateTokens } from './tokens.ts';

const CHAT: Prompt = { messages: [{ role: 'user', content: 'Hello' }] };

interface Plot {
  /** Pieces of text, one for each token. */
  pieces: string[];
  /** The engine's last word; the pieces together if left out. */
  message?: string;
  /** Whether web-llm's private shape is as expected. */
  tapped?: boolean;
  contextTokens?: number;
  promptTokens?: number;
  /** The template opens a thought. */
  thinksAtOnce?: boolean;
}

/** As much of `MLCEngine` as is used, with its habits: an interrupt before the first token is forgotten. */
function session({ pieces, message, tapped = true, contextTokens = 128, promptTokens = 4, ...plot }: Plot) {
  const calls: string[] = [];
  const requests: Record<string, unknown>[] = [];
  let interrupted = false;
  let said = '';
  const pipeline = {
    filledKVCacheLength: 0,
    tokenizer: { encode: (text: string) => Array.from(text.match(/<\/?think>|\n\n/g) ?? []) },
    sampleFromRawLogits: (id: unknown) => Promise.resolve(Number(id)),
  };
  async function* stream(max: number) {
    interrupted = false;
    said = '';
    pipeline.filledKVCacheLength = promptTokens + 1;
    let count = 0;
    for (const piece of pieces.slice(0, max)) {
      if (interrupted) break;
      if (count > 0) pipeline.filledKVCacheLength++;
      await pipeline.sampleFromRawLogits(count++);
      said += piece;
      yield { choices: [{ delta: { content: piece }, finish_reason: null }] };
    }
    const whole = count === pieces.length ? 'stop' : 'length';
    yield { choices: [{ delta: {}, finish_reason: interrupted ? 'abort' : whole }] };
    yield { choices: [], usage: { prompt_tokens: promptTokens, completion_tokens: count } };
  }
  const create = (request: Record<string, unknown>) => {
    requests.push(request);
    return Promise.resolve(stream(Number(request.max_tokens)));
  };
  const engine = {
    loadedModelIdToPipeline: tapped ? new Map([['tiny', pipeline]]) : undefined,
    chat: { completions: { create } },
    completions: { create },
    interruptGenerate: () => Promise.resolve(void (interrupted = true)),
    getMessage: () => Promise.resolve(message ?? said),
    resetChat: () => Promise.resolve(void calls.push('reset')),
    forwardTokensAndSample: async (ids: number[], prefill: boolean) => {
      calls.push(`${prefill ? 'prefill' : 'decode'} ${ids.join()}`);
      return pipeline.sampleFromRawLogits((ids.at(-1) ?? 0) + 1);
    },
  };
  const made = {
    engine,
    tap: tapPipeline(engine, 'tiny'),
    cacheForeign: false,
    variant: { id: 'tiny' },
    loaded: { adapter: SCRIPTED_ADAPTER },
    config: {
      contextTokens,
      vocabularySize: 64,
      stopTokens: [9],
      prefixTokens: [0],
      templatedRoles: new Set(['user']),
      thinksAtOnce: plot.thinksAtOnce ?? false,
      overrides: {},
    },
  };
  return { session: made as unknown as Session, calls, requests };
}

function ask(change: Partial<GenerateRequest> = {}): GenerateRequest {
  return { prompt: CHAT, maxTokens: 16, temperature: 0, topP: null, seed: null, ignoreEos: false, ...change };
}

const quiet = () => new TextBatch(() => {});

it('stamps and counts every token, the opening ones of the prompt included', async () => {
  const { session: tiny } = session({ pieces: ['a', 'b', 'c'] });
  const output = await generateText(tiny, ask(), { stopped: false }, quiet());
  expect(output).toMatchObject({
    text: 'abc',
    finish: 'stop',
    tokens: [0, 1, 2],
    promptTokens: 5,
    completionTokens: 3,
    everyToken: true,
    usage: { prompt_tokens: 4, completion_tokens: 3 },
  });
  expect(output.tokensMs).toHaveLength(3);
});

it('does with stamps of pieces, and says so, where the private shape is another', async () => {
  const { session: tiny } = session({ pieces: ['a', '', 'c'], tapped: false });
  const output = await generateText(tiny, ask(), { stopped: false }, quiet());
  expect(output).toMatchObject({
    text: 'ac',
    tokens: null,
    promptTokens: 4,
    completionTokens: 3,
    everyToken: false,
  });
  expect(output.tokensMs).toHaveLength(2);
});

it('does not trust stamps that are not as many as the tokens', async () => {
  const { session: tiny } = session({ pieces: ['a', 'b'] });
  if (tiny.tap) tiny.tap.stampsMs = () => [1];
  const output = await generateText(tiny, ask(), { stopped: false }, quiet());
  expect(output).toMatchObject({ everyToken: false, tokens: null });
});

it('takes the last word of the engine, without half a character at its end', async () => {
  const { session: tiny } = session({ pieces: ['ab', '<st'], message: 'ab\uFFFD' });
  expect((await generateText(tiny, ask(), { stopped: false }, quiet())).text).toBe('ab');
});

it('drops an empty think block from a chat, and only from a chat', async () => {
  const block = '<think>\n\n</think>\n\nYes';
  const { session: tiny } = session({ pieces: [block] });
  expect((await generateText(tiny, ask(), { stopped: false }, quiet())).text).toBe('Yes');
  const plain = ask({ prompt: { text: 'x' } });
  expect((await generateText(tiny, plain, { stopped: false }, quiet())).text).toBe(block);
});

it('stops at the first token if it was asked before it', async () => {
  const { session: tiny } = session({ pieces: ['a', 'b', 'c'] });
  const output = await generateText(tiny, ask(), { stopped: true }, quiet());
  expect(output).toMatchObject({ finish: 'aborted', text: 'a', completionTokens: 1 });
});

it('calls it length when the context window is full, whatever the engine thinks', async () => {
  const { session: tiny } = session({
    pieces: Array<string>(50).fill('a'),
    contextTokens: 64,
    promptTokens: 58,
  });
  const output = await generateText(tiny, ask({ maxTokens: 40 }), { stopped: false }, quiet());
  expect(output.finish).toBe('length');
  expect(output.completionTokens).toBeLessThan(6);
});

it('asks for no more tokens than the context window holds', async () => {
  const { session: tiny, requests } = session({ pieces: ['a'], contextTokens: 64 });
  await generateText(tiny, ask({ maxTokens: 4_000 }), { stopped: false }, quiet());
  expect(requests[0]).toMatchObject({
    max_tokens: 56,
    stream: true,
    stream_options: { include_usage: true },
  });
});

it('tells the engine not to think only where that was asked for', async () => {
  const { session: tiny, requests } = session({ pieces: ['a'] });
  await generateText(tiny, ask({ thinking: false }), { stopped: false }, quiet());
  await generateText(tiny, ask({ thinking: true }), { stopped: false }, quiet());
  await generateText(tiny, ask(), { stopped: false }, quiet());
  expect(requests.map((request) => request['extra_body'])).toEqual([
    { enable_thinking: false },
    undefined,
    undefined,
  ]);
});

it('counts an empty thought neither as tokens nor as text', async () => {
  const { session: tiny, requests } = session({ pieces: ['<think>\n\n</think>\n\nYe', 's', '.'] });
  const sent: string[] = [];
  const batch = new TextBatch((text) => sent.push(text));
  const output = await generateText(tiny, ask({ thinking: false }), { stopped: false }, batch);
  expect(output).toMatchObject({ text: 'Yes.', thought: null, completionTokens: 3, everyToken: true });
  expect(sent.join('')).toBe('Yes.');
  expect(requests[0], 'room for it in the limit').toMatchObject({ max_tokens: 16 + 4 });
});

it('tells of a thought in spite of the request', async () => {
  const { session: tiny } = session({ pieces: ['<think>\n\n</think>\n\n<think>', 'hm', '</think>', 'Yes'] });
  const output = await generateText(tiny, ask({ thinking: false }), { stopped: false }, quiet());
  expect(output).toMatchObject({ text: '<think>hm</think>Yes', thought: { tokens: 3 } });
});

it('sends earlier answers as they stand in the cache', async () => {
  const { session: tiny, requests } = session({ pieces: ['a'] });
  const chat: Prompt = {
    messages: [
      { role: 'user', content: 'One?' },
      { role: 'assistant', content: 'First.' },
      { role: 'user', content: 'Two?' },
    ],
  };
  await generateText(tiny, ask({ prompt: chat, thinking: false }), { stopped: false }, quiet());
  await generateText(tiny, ask({ prompt: chat }), { stopped: false }, quiet());
  expect(requests.map(({ messages }) => (messages as { content: string }[])[1]?.content)).toEqual([
    '<think>\n\n</think>\n\nFirst.',
    'First.',
  ]);
});

it('gives a thought its opening back that the prompt had', async () => {
  const plot = { pieces: ['', 'h', 'm', '</think>', 'Yes'], thinksAtOnce: true };
  const { session: tiny } = session(plot);
  const sent: string[] = [];
  const batch = new TextBatch((text) => sent.push(text));
  const output = await generateText(tiny, ask(), { stopped: false }, batch);
  expect(output).toMatchObject({ text: '<think>\nhm</think>Yes', thought: { tokens: 4 } });
  expect(sent.join('')).toBe(output.text);
  const { session: bare } = session({ ...plot, pieces: ['<think>\n\n</think>\n\nYes'] });
  expect((await generateText(bare, ask({ thinking: false }), { stopped: false }, quiet())).text).toBe('Yes');
  const { session: plain } = session(plot);
  const text = ask({ prompt: { text: 'x' } });
  expect((await generateText(plain, text, { stopped: false }, quiet())).text).toBe('hm</think>Yes');
});

it('reads token ids into an empty cache, with exact counts', async () => {
  const { session: tiny, calls } = session({ pieces: [] });
  const request = ask({ maxTokens: 3, ignoreEos: true });
  const output = await generateTokens(tiny, { tokens: [1, 2, 3] }, request, { stopped: false });
  expect(calls).toEqual(['reset', 'prefill 1,2,3', 'decode 4', 'decode 5']);
  expect(output).toMatchObject({
    text: '',
    finish: 'length',
    tokens: [4, 5, 6],
    promptTokens: 3,
    completionTokens: 3,
    everyToken: true,
  });
  expect(output.tokensMs).toHaveLength(3);
});

it('reads the past first, and counts neither its tokens nor its time', async () => {
  const { session: tiny, calls } = session({ pieces: [] });
  const before = epochMs();
  const request = ask({ maxTokens: 2, ignoreEos: true });
  const output = await generateTokens(tiny, { tokens: [5], past: [1, 2] }, request, { stopped: false });
  expect(calls).toEqual(['reset', 'prefill 1,2', 'decode 5', 'decode 6']);
  expect(output).toMatchObject({ tokens: [6, 7], promptTokens: 1, completionTokens: 2 });
  expect(output.sentMs).toBeGreaterThanOrEqual(before);
  expect(output.sentMs).toBeLessThanOrEqual(output.tokensMs[0] ?? 0);
});

it.each<[string, boolean, Job, number, string]>([
  ['at a stop token', false, { stopped: false }, 2, 'stop'],
  ['past a stop token if told to', true, { stopped: false }, 5, 'length'],
  ['when asked', true, { stopped: true }, 1, 'aborted'],
])('ends token ids %s', async (_where, ignoreEos, job, count, finish) => {
  const { session: tiny } = session({ pieces: [] });
  const output = await generateTokens(tiny, { tokens: [7] }, ask({ maxTokens: 5, ignoreEos }), job);
  expect(output).toMatchObject({ finish, completionTokens: count });
});

it('clears the cache for a chat after token ids, and keeps it from chat to chat', async () => {
  const { session: tiny, calls } = session({ pieces: ['a'] });
  await generateTokens(tiny, { tokens: [1] }, ask({ maxTokens: 1 }), { stopped: false });
  calls.length = 0;
  await generateText(tiny, ask(), { stopped: false }, quiet());
  await generateText(tiny, ask(), { stopped: false }, quiet());
  expect(calls).toEqual(['reset']);
});

it('tells what thinking cost, in a chat', async () => {
  const { session: tiny } = session({ pieces: ['<think>', 'hm', '</think>', 'Yes'] });
  const output = await generateText(tiny, ask(), { stopped: false }, quiet());
  expect(output.thought).toEqual({ tokens: 3, answerMs: output.tokensMs[3] });
  const { session: other } = session({ pieces: ['Yes'] });
  expect((await generateText(other, ask(), { stopped: false }, quiet())).thought).toBeNull();
});

it('tells what the engine counted of token ids, without their past', async () => {
  const { session: tiny } = session({ pieces: [] });
  const spent = { prefillTokens: 2, prefillS: 1, decodeTokens: 0, decodeS: 0 };
  const found = [spent, { prefillTokens: 5, prefillS: 1.6, decodeTokens: 2, decodeS: 0.1 }];
  if (tiny.tap) tiny.tap.counters = () => found.shift() ?? null;
  const request = ask({ maxTokens: 3, ignoreEos: true });
  const { usage } = await generateTokens(tiny, { tokens: [1, 2, 3], past: [4, 5] }, request, {
    stopped: false,
  });
  expect(usage).toMatchObject({ prompt_tokens: 3, completion_tokens: 3 });
  expect(usage?.['extra']).toMatchObject({ decode_tokens_per_s: 20 });
});
