import type { Finish, GenerateRequest } from '../engine.ts';
import { epochMs } from '../stamps.ts';
import type { Job, Output } from './generate.ts';
import type { Session } from './session.ts';
import type { Sampling } from './tap.ts';

/**
 * Generates from token ids: exact counts, no template, no text. They go behind what is in the KV cache; the last id
 * that is sampled does not enter it.
 *
 * Stopping works between tokens; a prefill cannot be stopped.
 */
export async function generateTokens(
  session: Session,
  prompt: number[],
  request: GenerateRequest,
  job: Job,
): Promise<Output> {
  const { tap } = session;
  tap?.begin(sampling(request));
  if (request.seed !== null) tap?.seed(request.seed);
  session.cacheForeign = true;
  try {
    return await decode(session, prompt, request, job);
  } finally {
    tap?.begin();
    if (request.seed !== null) tap?.seed(Date.now());
  }
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
