import type { Finish, GenerateRequest, Prompt } from '../engine.ts';
import { epochMs } from '../stamps.ts';
import { logitsOf, type Job, type Output } from './generate.ts';
import type { Session } from './session.ts';
import type { Counters, Sampling } from './tap.ts';

/** The kind of prompt that consists of ids; see `Prompt`. */
export type TokenPrompt = Extract<Prompt, { tokens: number[] }>;

/**
 * Generates from token ids, from an empty KV cache on: exact counts, no template, no text. The last id that is sampled
 * does not enter the cache. Ids of the `past` are read first, and the request counts as sent after that.
 *
 * Stopping works between tokens; a prefill cannot be stopped.
 */
export async function generateTokens(
  session: Session,
  { tokens, past = [] }: TokenPrompt,
  request: GenerateRequest,
  job: Job,
): Promise<Output & { sentMs: number }> {
  const { engine, tap, variant } = session;
  await engine.resetChat(false, variant.id);
  session.cacheForeign = true;
  tap?.begin({ sampling: sampling(request), inspect: request.inspect && past.length === 0 });
  try {
    // It samples too, for which there is no way around; the id is dropped.
    if (past.length > 0) await engine.forwardTokensAndSample(past, past.length > 1, variant.id);
    if (request.seed !== null) tap?.seed(request.seed);
    const before = tap?.counters() ?? null;
    const sentMs = epochMs();
    const output = await decode(session, tokens, request, job);
    return { ...output, ...logitsOf(session), usage: usageOf(before, tap?.counters() ?? null), sentMs };
  } finally {
    tap?.begin();
    if (request.seed !== null) tap?.seed(Date.now());
  }
}

/**
 * What the engine counted, in the fields of its `usage`, which it makes for texts only. A prompt of one token is a decode step to
 * it, so that it counts no prompt then.
 */
function usageOf(before: Counters | null, after: Counters | null): Output['usage'] {
  if (!before || !after) return null;
  const prefillTokens = after.prefillTokens - before.prefillTokens;
  const prefillS = after.prefillS - before.prefillS;
  const decodeTokens = after.decodeTokens - before.decodeTokens;
  return {
    prompt_tokens: prefillTokens || null,
    completion_tokens: decodeTokens + (prefillTokens > 0 ? 1 : 0),
    extra: {
      time_to_first_token_s: prefillS,
      prefill_tokens_per_s: prefillTokens / prefillS,
      decode_tokens_per_s: decodeTokens / (after.decodeS - before.decodeS),
    },
  };
}

async function decode(
  session: Session,
  prompt: number[],
  request: GenerateRequest,
  job: Job,
): Promise<Output> {
  const { engine, variant } = session;
  const tokens: number[] = [];
  const tokensMs: number[] = [];
  let finish: Finish | null = null;
  for (let input = prompt; !finish; input = tokens.slice(-1)) {
    const id = await engine.forwardTokensAndSample(input, input.length > 1, variant.id);
    tokensMs.push(epochMs());
    tokens.push(id);
    finish = finishOf(session, request, job, tokens);
  }
  return {
    text: '',
    finish,
    tokens,
    promptTokens: prompt.length,
    completionTokens: tokens.length,
    usage: null,
    tokensMs,
    everyToken: true,
  };
}

function finishOf({ config }: Session, request: GenerateRequest, job: Job, tokens: number[]): Finish | null {
  const last = tokens.at(-1);
  if (!request.ignoreEos && last !== undefined && config.stopTokens.includes(last)) return 'stop';
  if (tokens.length >= request.maxTokens) return 'length';
  return job.stopped ? 'aborted' : null;
}

/** No penalties: they would cost more with every token and make figures depend on what was said. */
function sampling({ temperature, topP }: GenerateRequest): Sampling {
  return {
    repetition_penalty: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { top_p: topP }),
  };
}
