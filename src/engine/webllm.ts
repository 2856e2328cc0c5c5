import { MLCEngine } from '@mlc-ai/web-llm';
import { releaseProxy } from 'comlink';
import type { Failure, GenerateRequest, Generation, Outcome } from './engine.ts';
import { failure } from './failures.ts';
import type { EngineHost } from './host.ts';
import { epochMs } from './stamps.ts';
import { TextBatch } from './webllm/batch.ts';
import { DeviceWatch } from './webllm/device.ts';
import { explain, explainFault, explainLoss, type Deed } from './webllm/explain.ts';
import { generateText, type Job, type Output } from './webllm/generate.ts';
import { loadModel, type Session } from './webllm/load.ts';
import { checkRequest } from './webllm/request.ts';
import { generateTokens } from './webllm/tokens.ts';

/**
 * web-llm behind our host interface: a plain `MLCEngine` in this worker. It is the only file that imports web-llm,
 * which is megabytes and cannot be shaken. `importMs`: how long fetching and starting that took.
 */
export function createHost(importMs: number): EngineHost {
  const watch = new DeviceWatch();
  if (typeof GPUAdapter !== 'undefined') watch.install(GPUAdapter.prototype);
  let session: Session | null = null;
  let job: Job | null = null;

  /** Runs one deed; every way in which it can fail becomes a failure with a code. */
  async function attempt<T>(deed: Deed, work: () => Promise<T>): Promise<Outcome<T>> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      return explain(error, deed, watch.loss);
    }
  }

  async function unload(): Promise<null> {
    watch.release();
    const { engine } = session ?? {};
    session = null;
    await engine?.unload();
    return null;
  }

  return {
    load: (variant, onProgress) =>
      attempt('load', async () => {
        await unload();
        session = await loadModel({
          createEngine,
          watch,
          variant,
          importMs,
          onProgress: unawaited(onProgress),
        });
        return session.loaded;
      }).finally(() => release(onProgress)),

    async generate(request, onText) {
      const lost = lossOf(watch);
      if (lost) return lost;
      if (!session) return failure('not-loaded');
      const current = session;
      job = { stopped: false };
      const run = runGeneration(current, request, job, unawaited(onText));
      const outcome = await attempt('generate', () => watch.race(run)).finally(() => release(onText));
      job = null;
      return watch.uncaptured && outcome.ok ? explainFault(watch.uncaptured) : outcome;
    },

    interrupt() {
      if (!job || !session) return;
      job.stopped = true;
      void session.engine.interruptGenerate();
    },

    reset: () =>
      attempt('generate', async () => {
        if (!session) return null;
        await session.engine.resetChat(false, session.variant.id);
        session.cacheForeign = false;
        return null;
      }),

    unload: () => attempt('load', unload),
    ping: () => lossOf(watch),
  };
}

const createEngine = (config: ConstructorParameters<typeof MLCEngine>[0]) => new MLCEngine(config);

function lossOf({ loss }: DeviceWatch): Failure | null {
  return loss && explainLoss(loss);
}

async function runGeneration(
  session: Session,
  request: GenerateRequest,
  job: Job,
  onText: (text: string, tokens: number) => void,
): Promise<Generation> {
  const sentMs = epochMs();
  checkRequest(request, { ...session.config, filledTokens: session.tap?.filled() ?? 0 });
  const { prompt } = request;
  const output =
    'tokens' in prompt
      ? await generateTokens(session, prompt.tokens, request, job)
      : await generateText(session, request, job, new TextBatch(onText));
  return generation(session, output, sentMs);
}

function generation(session: Session, output: Output, sentMs: number): Generation {
  const { tokensMs, everyToken, ...rest } = output;
  return {
    ...rest,
    worker: { sentMs, tokensMs, everyToken, endMs: epochMs() },
    page: null,
    adapter: session.loaded.adapter,
  };
}

/** A callback on the page, called without ever waiting for it: a busy page must not slow down decoding. */
function unawaited<T extends unknown[]>(callback: (...values: T) => unknown): (...values: T) => void {
  return (...values) => {
    // The page reports its own errors; and after a release the call is refused, which is as good.
    Promise.resolve(callback(...values)).catch(() => {});
  };
}

/** Lets go of the port that comlink opened for a callback. */
function release(callback: unknown): void {
  (callback as { [releaseProxy]?: () => void })[releaseProxy]?.();
}
