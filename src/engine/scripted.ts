import { expose } from 'comlink';
import type { WorkerLike } from './connection.ts';
import type { AdapterFacts, Failure, Generation, GenerateRequest, Loaded, Variant } from './engine.ts';
import { failure } from './failures.ts';
import type { EngineHost } from './host.ts';

/** What a scripted engine does, for tests. Everything left out happens at once and succeeds. */
export interface Script {
  /** The pieces of text it generates, one for each token. */
  pieces?: string[];
  /** Waits for so many milliseconds; tests inject a clock of their own. */
  sleep?: (ms: number) => Promise<void>;
  now?: () => number;
  /** Told with every generation. */
  thought?: Generation['thought'];
  loadMs?: number;
  prefillMs?: number;
  tokenMs?: number;
  failLoad?: Failure;
  /** The generation fails with this instead of producing token `failAt` (0 is the first). */
  failGenerate?: Failure;
  failAt?: number;
  /** Told by `ping`, as after a device loss while idle. */
  lost?: Failure;
}

export const SCRIPTED_ADAPTER: AdapterFacts = {
  vendor: 'scripted',
  architecture: '',
  device: '',
  description: 'Scripted adapter',
  software: false,
  features: [],
  maxBufferBytes: 2 ** 30,
  maxBindingBytes: 2 ** 30,
};

/** A host that follows a script instead of computing: the worker's side of the engine, without GPU or web-llm. */
export class ScriptedHost implements EngineHost {
  readonly script: Script;
  #loaded: Loaded | null = null;
  #stopped = false;

  constructor(script: Script = {}) {
    this.script = script;
  }

  async load(variant: Variant, onProgress: Parameters<EngineHost['load']>[1]) {
    void onProgress({ phase: 'starting', fraction: null });
    await this.#sleep(this.script.loadMs);
    if (this.script.failLoad) return this.script.failLoad;
    void onProgress({ phase: 'openStore', fraction: 1 });
    void onProgress({ phase: 'shaders', fraction: 1 });
    this.#loaded = loaded(variant);
    return { ok: true as const, value: this.#loaded };
  }

  async generate(request: GenerateRequest, onText: Parameters<EngineHost['generate']>[1]) {
    if (!this.#loaded) return failure('not-loaded');
    this.#stopped = false;
    const sentMs = this.#now();
    const pieces = (this.script.pieces ?? []).slice(0, request.maxTokens);
    const tokensMs: number[] = [];
    await this.#sleep(this.script.prefillMs);
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) await this.#sleep(this.script.tokenMs);
      if (this.#stopped) break;
      if (this.script.failGenerate && index === (this.script.failAt ?? 0)) return this.script.failGenerate;
      tokensMs.push(this.#now());
      void onText(piece, tokensMs.length);
    }
    return { ok: true as const, value: this.#generation(pieces, request, { sentMs, tokensMs }) };
  }

  interrupt(): void {
    this.#stopped = true;
  }

  async reset() {
    return { ok: true as const, value: null };
  }

  async unload() {
    this.#loaded = null;
    return { ok: true as const, value: null };
  }

  ping(): Failure | null {
    return this.script.lost ?? null;
  }

  #generation(
    pieces: string[],
    request: GenerateRequest,
    { sentMs, tokensMs }: { sentMs: number; tokensMs: number[] },
  ): Generation {
    const count = tokensMs.length;
    const whole = count < request.maxTokens ? 'stop' : 'length';
    return {
      text: pieces.slice(0, count).join(''),
      finish: count < pieces.length ? 'aborted' : whole,
      tokens: null,
      promptTokens: 'tokens' in request.prompt ? request.prompt.tokens.length : null,
      completionTokens: count,
      contextTokens: null,
      worker: { sentMs, tokensMs, everyToken: true, endMs: this.#now() },
      page: null,
      usage: null,
      thought: this.script.thought ?? null,
      adapter: SCRIPTED_ADAPTER,
    };
  }

  #sleep(ms = 0): Promise<void> {
    return this.script.sleep?.(ms) ?? Promise.resolve();
  }

  #now(): number {
    return this.script.now?.() ?? performance.now();
  }
}

function loaded(variant: Variant): Loaded {
  return {
    variant: variant.id,
    adapter: SCRIPTED_ADAPTER,
    engine: { name: 'web-llm', version: 'scripted' },
    loadMs: { total: 0, importEngine: 0, openStore: 0, upload: 0, shaders: 0 },
    firstTokenMs: null,
    contextTokens: variant.contextTokens,
    vocabularySize: 64,
    canThink: null,
  };
}

/** A `Worker` in name only: the host answers over a MessageChannel, and `terminate` cuts it. */
export function scriptedWorker(host: EngineHost): WorkerLike & { terminated: boolean; port: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  expose(host, port1);
  port2.start();
  return {
    port: port2,
    terminated: false,
    postMessage: (message: unknown, transfer: Transferable[] = []) => port2.postMessage(message, transfer),
    addEventListener: (...listener: Parameters<MessagePort['addEventListener']>) =>
      port2.addEventListener(...listener),
    removeEventListener: (...listener: Parameters<MessagePort['removeEventListener']>) =>
      port2.removeEventListener(...listener),
    terminate() {
      this.terminated = true;
      port1.close();
      port2.close();
    },
  };
}
