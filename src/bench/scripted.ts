import {
  EngineError,
  type AdapterFacts,
  type Engine,
  type ErrorCode,
  type GenerateOptions,
  type GenerateRequest,
  type Generation,
  type Loaded,
} from '../engine/engine.ts';

/** How a scripted engine behaves. Times are what its stamps say; nothing is waited for. */
export interface Script {
  vocabularySize: number;
  contextTokens: number;
  prefillMsPerToken: number;
  /** Time of one decode step, by run (from 0, warm-ups included) and step (from 1). */
  decodeMs: (run: number, step: number) => number;
  /** Delay of a message from the worker to the page. */
  hopMs: number;
  /** Stamps are whole multiples of this, as the browser's clock gives them. */
  timerStepMs: number;
  /** What the model says next. */
  next: (tokens: number[], byDecode: boolean) => number;
  adapter: AdapterFacts;
  /** Tokens of thought in front of an answer to a chat; null: it does not think. */
  thoughtTokens: number | null;
  /** Tokens after which an answer ends where end-of-text is not ignored. */
  endsAfter: number;
  /** Error to throw in a run, or null. */
  fail: (run: number) => ErrorCode | null;
  /** Last touch on a generation, to make it wrong. */
  spoil: (generation: Generation, run: number) => Generation;
}

const ADAPTER: AdapterFacts = {
  vendor: 'acme',
  architecture: 'script',
  device: '',
  description: '',
  software: false,
  features: [],
  maxBufferBytes: 2 ** 30,
  maxBindingBytes: 2 ** 30,
};

const USUAL: Script = {
  vocabularySize: 2048,
  contextTokens: 4096,
  prefillMsPerToken: 2,
  decodeMs: () => 20,
  hopMs: 3,
  timerStepMs: 0.1,
  next: (tokens) => tokens.reduce((sum, token, index) => (sum * 31 + token + index) % 2048, 7),
  adapter: ADAPTER,
  thoughtTokens: null,
  endsAfter: Infinity,
  fail: () => null,
  spoil: (generation) => generation,
};

/**
 * An engine whose answers and delays are known beforehand: whole plans run on it in tests, without a GPU, a clock or waiting.
 */
export class ScriptedEngine implements Engine {
  /** Requests as they came, for tests to look at. */
  readonly requests: GenerateRequest[] = [];
  resets = 0;
  gone = false;
  private readonly script: Script;
  private nowMs = 1_000_000;
  private firstTokenMs: number | null = null;

  constructor(script: Partial<Script> = {}) {
    this.script = { ...USUAL, ...script };
  }

  async load(): Promise<Loaded> {
    this.gone = false;
    return this.describe()!;
  }

  describe(): Loaded | null {
    if (this.gone) return null;
    const { adapter, contextTokens, vocabularySize } = this.script;
    return {
      variant: 'scripted',
      adapter,
      engine: { name: 'web-llm', version: '0.2.86' },
      loadMs: { total: 900, importEngine: 100, openStore: 500, upload: 200, shaders: 300 },
      firstTokenMs: this.firstTokenMs,
      contextTokens,
      vocabularySize,
      canThink: null,
    };
  }

  async reset(): Promise<void> {
    this.resets += 1;
  }

  async unload(): Promise<void> {
    this.gone = true;
  }

  async generate(request: GenerateRequest, options: GenerateOptions = {}): Promise<Generation> {
    const run = this.requests.length;
    this.requests.push(request);
    const code = this.gone ? 'not-loaded' : this.script.fail(run);
    if (code) throw this.failure(code);
    const aborted = options.signal?.aborted ?? false;
    return this.script.spoil(this.answer(request, run, aborted), run);
  }

  private failure(code: ErrorCode): EngineError {
    if (code === 'device-lost') this.gone = true;
    return new EngineError(code, `It was scripted to fail: ${code}.`, 'Try again.');
  }

  private answer(request: GenerateRequest, run: number, aborted: boolean): Generation {
    const { prompt, maxTokens, ignoreEos } = request;
    const most = ignoreEos ? maxTokens : Math.min(maxTokens, this.script.endsAfter);
    const read = 'tokens' in prompt ? prompt.tokens : [...JSON.stringify(prompt)].map((c) => c.charCodeAt(0));
    const past = 'tokens' in prompt ? (prompt.past ?? []) : [];
    const tokens = this.say([...past, ...read], aborted ? 1 : most);
    const isText = !('tokens' in prompt);
    const stamps = this.stamp(read.length, tokens.length, run);
    this.firstTokenMs ??= stamps.tokensMs[0]! - stamps.sentMs;
    const seen = (ms: number) => this.tick(ms + this.script.hopMs);
    return {
      text: isText ? tokens.map((id) => String.fromCharCode(97 + (id % 26))).join('') : '',
      finish: aborted ? 'aborted' : most < maxTokens ? 'stop' : 'length',
      tokens: isText ? null : tokens,
      promptTokens: read.length,
      completionTokens: tokens.length,
      contextTokens: null,
      worker: { ...stamps, everyToken: true },
      page: {
        sentMs: stamps.sentMs,
        firstTextMs: isText ? seen(stamps.tokensMs[0]!) : null,
        lastTextMs: isText ? seen(stamps.tokensMs.at(-1)!) : null,
        endMs: seen(stamps.endMs),
      },
      usage: null,
      thought: isText ? this.think(stamps.tokensMs) : null,
      adapter: this.script.adapter,
    };
  }

  private think(tokensMs: number[]): Generation['thought'] {
    const { thoughtTokens } = this.script;
    if (thoughtTokens === null) return null;
    return { tokens: Math.min(thoughtTokens, tokensMs.length), answerMs: tokensMs[thoughtTokens] ?? null };
  }

  private say(read: number[], count: number): number[] {
    const tokens = [...read];
    for (let step = 0; step < count; step++) tokens.push(this.script.next(tokens, step > 0));
    return tokens.slice(read.length);
  }

  private stamp(read: number, count: number, run: number) {
    const sentMs = this.nowMs;
    this.nowMs += read * this.script.prefillMsPerToken;
    const tokensMs = [this.tick(this.nowMs)];
    for (let step = 1; step < count; step++) {
      this.nowMs += this.script.decodeMs(run, step);
      tokensMs.push(this.tick(this.nowMs));
    }
    this.nowMs += 1;
    return { sentMs: this.tick(sentMs), tokensMs, endMs: this.tick(this.nowMs) };
  }

  private tick(ms: number): number {
    return Math.floor(ms / this.script.timerStepMs) * this.script.timerStepMs;
  }
}
