import { MLCEngine, type MLCEngineConfig } from '@mlc-ai/web-llm';
import { releaseProxy } from 'comlink';
import type { Failure, GenerateRequest, Generation, Outcome, Variant } from './engine.ts';
import { failure } from './failures.ts';
import type { EngineHost } from './host.ts';
import { epochMs } from './stamps.ts';
import { TextBatch } from './webllm/batch.ts';
import { DeviceWatch } from './webllm/device.ts';
import { explain, explainFault, explainLoss, type Deed } from './webllm/explain.ts';
import { generateText, type Job, type Output } from './webllm/generate.ts';
import { loadModel } from './webllm/load.ts';
import { checkRequest } from './webllm/request.ts';
import type { Session } from './webllm/session.ts';
import { generateTokens } from './webllm/tokens.ts';

type OnProgress = Parameters<EngineHost['load']>[1];
type OnText = Parameters<EngineHost['generate']>[1];

/**
 * web-llm behind our host interface: a plain `MLCEngine` in this worker. This is the only file that imports web-llm,
 * which is megabytes and cannot be shaken. `importMs`: how long fetching and starting that took.
 */
export function createHost(importMs: number): EngineHost {
  const watch = new DeviceWatch();
  if (typeof GPUAdapter !== 'undefined') watch.install(GPUAdapter.prototype);
  // With the device, promises fail that web-llm made and forgot. The loss itself is reported.
  addEventListener('unhandledrejection', (event) => {
    if (watch.loss) event.preventDefault();
  });
  return new WebLlmHost(watch, importMs);
}

class WebLlmHost implements EngineHost {
  readonly #watch: DeviceWatch;
  readonly #importMs: number;
  #session: Session | null = null;
  #job: Job | null = null;

  constructor(watch: DeviceWatch, importMs: number) {
    this.#watch = watch;
    this.#importMs = importMs;
  }

  async load(variant: Variant, onProgress: OnProgress) {
    const outcome = await this.#attempt('load', async () => {
      await this.#free();
      this.#session = await loadModel({
        createEngine: (config: MLCEngineConfig) => new MLCEngine(config),
        watch: this.#watch,
        variant,
        importMs: this.#importMs,
        onProgress: unawaited(onProgress),
      });
      return this.#session.loaded;
    });
    release(onProgress);
    return outcome;
  }

  async generate(request: GenerateRequest, onText: OnText): Promise<Outcome<Generation>> {
    const session = this.#session;
    if (!session) return this.ping() ?? failure('not-loaded');
    const job: Job = { stopped: false };
    this.#job = job;
    this.#watch.forgetFaults();
    const run = () => this.#watch.race(runGeneration(session, request, job, unawaited(onText)));
    const outcome = await this.#attempt('generate', run);
    this.#job = null;
    release(onText);
    const fault = this.#watch.uncaptured;
    return fault && outcome.ok ? explainFault(fault) : outcome;
  }

  interrupt(): void {
    if (!this.#job) return;
    this.#job.stopped = true;
    void this.#session?.engine.interruptGenerate();
  }

  reset() {
    return this.#attempt('generate', async () => {
      const session = this.#session;
      await session?.engine.resetChat(false, session.variant.id);
      if (session) session.cacheForeign = false;
      return null;
    });
  }

  unload() {
    return this.#attempt('load', () => this.#free());
  }

  ping(): Failure | null {
    return this.#watch.loss && explainLoss(this.#watch.loss);
  }

  /** Runs one deed; every way in which it can fail becomes a failure with a code. */
  async #attempt<T>(deed: Deed, work: () => Promise<T>): Promise<Outcome<T>> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      const failed = explain(error, deed, this.#watch.loss);
      // Only the loss knows why: for lack of memory, for a buffer too large, or for no reason at all.
      return failed.code === 'device-lost' ? explain(error, deed, await this.#watch.pendingLoss()) : failed;
    }
  }

  async #free(): Promise<null> {
    const session = this.#session;
    this.#session = null;
    this.#watch.release();
    await session?.engine.unload();
    return null;
  }
}

async function runGeneration(
  session: Session,
  request: GenerateRequest,
  job: Job,
  onText: (text: string, tokens: number) => void,
): Promise<Generation> {
  const sentMs = epochMs();
  checkRequest(request, session.config);
  const { prompt } = request;
  const output =
    'tokens' in prompt
      ? await generateTokens(session, prompt, request, job)
      : { sentMs, ...(await generateText(session, request, job, new TextBatch(onText))) };
  return generation(session, output);
}

function generation(session: Session, output: Output & { sentMs: number }): Generation {
  const { sentMs, tokensMs, everyToken, ...rest } = output;
  return {
    ...rest,
    contextTokens: session.tap?.filled() ?? null,
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
