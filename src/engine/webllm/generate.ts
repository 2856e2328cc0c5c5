import type { ChatCompletionChunk, Completion } from '@mlc-ai/web-llm';
import type { Finish, GenerateRequest, Generation, Message } from '../engine.ts';
import { epochMs } from '../stamps.ts';
import type { TextBatch } from './batch.ts';
import { stripEmptyThink } from './batch.ts';
import type { Session } from './session.ts';
import { escapeMessages } from './request.ts';
import { SPARE_TOKENS } from './tap.ts';
import { EMPTY_THOUGHT, opened, ThoughtWatch, withEmptyThoughts, type Thought } from './thought.ts';

/** A generation that is running: the page may ask it to stop, and nothing else. */
export interface Job {
  stopped: boolean;
}

/** What came out, before it is put together with stamps of the request and facts of the adapter. */
export interface Output {
  text: string;
  finish: Finish;
  tokens: number[] | null;
  promptTokens: number | null;
  completionTokens: number | null;
  usage: Record<string, unknown> | null;
  tokensMs: number[];
  everyToken: boolean;
  thought?: Thought | null;
  logits?: Generation['logits'];
}

/** What both of web-llm's streams have in common for us. */
type Chunk = ChatCompletionChunk | Completion;

/** What the stream itself told. */
interface Heard {
  reason: string | null;
  usage: Record<string, unknown> | null;
  chunksMs: number[];
  full: boolean;
  thoughts: ThoughtWatch;
}

/** Generates from a chat or from plain text, streaming, and drains the stream to its end even when stopped. */
export async function generateText(
  session: Session,
  request: GenerateRequest,
  job: Job,
  batch: TextBatch,
): Promise<Output> {
  const { engine, tap } = session;
  if (session.cacheForeign) await engine.resetChat(false, session.variant.id);
  session.cacheForeign = false;
  tap?.begin({ inspect: request.inspect });
  const begin = beginningOf(session, request);
  const stream = await openStream(session, request);
  const heard = await drain(session, stream, { job, batch, begin });
  batch.flush();
  // The engine's own last word: deltas may lack what a stop string or half a character held back.
  const said = (await engine.getMessage(session.variant.id)).replace(/\uFFFD+$/, '');
  return {
    ...counts(session, heard),
    text: 'messages' in request.prompt ? stripEmptyThink(begin(said)) : said,
    finish: finishOf(heard, job),
    usage: heard.usage,
    thought: heard.thoughts.finish(tap?.ids().length ?? heard.chunksMs.length),
    ...logitsOf(session),
  };
}

/** How text begins: the prompt may have opened a thought for it, and an empty one is told to the model, not by it. */
type Begin = (text: string) => string;

function beginningOf({ config }: Session, request: GenerateRequest): Begin {
  if (isBare(request)) return stripEmptyThink;
  return 'messages' in request.prompt && config.thinksAtOnce ? opened : (text) => text;
}

/** Whether an answer is wanted without a thought before it. */
function isBare({ prompt, thinking }: GenerateRequest): boolean {
  return 'messages' in prompt && thinking === false;
}

/** What was seen of the model's output; nothing where nobody asked or it cannot be had. */
export function logitsOf({ tap }: Session): Pick<Output, 'logits'> {
  const logits = tap?.logits();
  return logits ? { logits } : {};
}

async function openStream(session: Session, request: GenerateRequest): Promise<AsyncIterable<Chunk>> {
  const { engine } = session;
  const { prompt } = request;
  const sampling = {
    stream: true as const,
    stream_options: { include_usage: true },
    max_tokens: limitOf(session, request),
    temperature: request.temperature,
    top_p: request.topP,
    seed: request.seed,
    ignore_eos: request.ignoreEos,
  };
  if ('messages' in prompt) {
    return engine.chat.completions.create({
      ...sampling,
      messages: chatMessages(session, isBare(request) ? withEmptyThoughts(prompt.messages) : prompt.messages),
      ...(isBare(request) && { extra_body: { enable_thinking: false } }),
    });
  }
  return engine.completions.create({ ...sampling, prompt: 'text' in prompt ? prompt.text : '' });
}

function chatMessages({ config, variant }: Session, messages: Message[]): Message[] {
  return escapeMessages(messages, { roles: config.templatedRoles, manifest: variant.manifest !== undefined });
}

/** At most as many tokens as an empty prompt leaves room for. web-llm counts an empty thought among those it generates. */
function limitOf({ config, tap }: Session, request: GenerateRequest): number {
  const capped = Math.max(1, Math.min(request.maxTokens, config.contextTokens - SPARE_TOKENS));
  return capped + (isBare(request) ? (tap?.lengthOf(EMPTY_THOUGHT) ?? 0) : 0);
}

/** A stream that is left early holds web-llm's lock for ever, so it is always read to its end. */
async function drain(
  session: Session,
  stream: AsyncIterable<Chunk>,
  { job, batch, begin }: { job: Job; batch: TextBatch; begin: Begin },
): Promise<Heard> {
  const { tap } = session;
  const thoughts = new ThoughtWatch();
  let begun = false;
  const heard: Heard = { reason: null, usage: null, chunksMs: [], full: false, thoughts };
  for await (const chunk of stream) {
    heard.full ||= isFull(session);
    // An interrupt before the first token is forgotten by the engine, so it is repeated here.
    if (job.stopped || heard.full) await session.engine.interruptGenerate();
    if (chunk.usage) heard.usage = { ...chunk.usage };
    const choice = chunk.choices[0];
    if (!choice) continue;
    heard.reason = choice.finish_reason ?? heard.reason;
    const said = 'delta' in choice ? (choice.delta.content ?? '') : choice.text;
    const piece = begun ? said : begin(said);
    begun ||= said !== '';
    if (piece !== '') heard.chunksMs.push(epochMs());
    const tokens = tap?.ids().length ?? heard.chunksMs.length;
    if (piece !== '') thoughts.add(piece, tokens, tap?.stampsMs().at(-1) ?? heard.chunksMs.at(-1)!);
    batch.add(piece, tokens);
  }
  return heard;
}

/** The engine's own test is `==` and can be jumped over; a KV cache that overflows ends the runtime. */
function isFull({ tap, config }: Session): boolean {
  const filled = tap?.filled() ?? null;
  return filled !== null && filled >= config.contextTokens - 2;
}

function finishOf({ reason, full }: Heard, { stopped }: Job): Finish {
  if (reason === 'stop') return 'stop';
  if (reason === 'length' || (full && !stopped)) return 'length';
  return 'aborted';
}

/** Counts and stamps: from the tap if it saw every token, else as well as the stream tells. */
function counts(session: Session, { usage, chunksMs }: Heard): Omit<Output, 'text' | 'finish' | 'usage'> {
  const { tap } = session;
  const told = numberOr(usage?.completion_tokens, null);
  const tokensMs = tap?.stampsMs() ?? [];
  const everyToken = tokensMs.length > 0 && (told === null || told === tokensMs.length);
  return {
    tokens: everyToken ? (tap?.ids() ?? null) : null,
    promptTokens: promptTokens(session, numberOr(usage?.prompt_tokens, null)),
    completionTokens: told ?? (everyToken ? tokensMs.length : null),
    tokensMs: everyToken ? tokensMs : chunksMs,
    everyToken,
  };
}

/** web-llm leaves the tokens that open a conversation out of its count, though they are prefilled too. */
function promptTokens({ tap, config }: Session, told: number | null): number | null {
  if (told === null) return null;
  const withPrefix = told + config.prefixTokens.length;
  return tap?.filledAtFirst() === withPrefix ? withPrefix : told;
}

function numberOr<T>(value: unknown, other: T): number | T {
  return typeof value === 'number' ? value : other;
}
