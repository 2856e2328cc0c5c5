import type { MLCEngineConfig } from '@mlc-ai/web-llm';
import { coarsen, note, until } from './log.ts';
import { dueMs, type Script } from './script.ts';

/**
 * In place of web-llm: as much of it as the app uses. It computes nothing; a token is ready when the script says so, and that is
 * noted where web-llm has read its id back from the GPU.
 */

const VOCABULARY = 1000;

class Pipeline {
  prefillTotalTokens = 0;
  prefillTotalTime = 0;
  decodingTotalTokens = 0;
  decodingTotalTime = 0;
  /** Ids in the KV cache. */
  cached: number[] = [];
  /** The next call begins a run. */
  fresh = true;
  #run = -1;
  #promptTokens = 0;
  #token = 0;
  #startMs = 0;

  constructor(readonly script: Script) {}

  begin(promptTokens: number): void {
    this.fresh = false;
    this.#run += 1;
    this.#promptTokens = promptTokens;
    this.#token = 0;
    this.#startMs = note('call');
  }

  setSeed(): void {
    this.fresh = true;
    note('call');
  }

  /** The app taps this one. */
  async sampleFromRawLogits(): Promise<number> {
    const due = dueMs(this.script, this.#run, this.#promptTokens, this.#token);
    this.#token += 1;
    await until(this.#startMs + due);
    const id = this.#choose();
    note('ready');
    return id;
  }

  count(tokens: number, seconds: number): void {
    const s = this.script.countsNaN ? NaN : seconds;
    if (tokens > 1) {
      this.prefillTotalTokens += tokens;
      this.prefillTotalTime += s;
    } else {
      this.decodingTotalTokens += 1;
      this.decodingTotalTime += s;
    }
  }

  #choose(): number {
    if (this.script.babbles) return Math.floor(Math.random() * VOCABULARY);
    return this.cached.reduce((sum, id, at) => (sum * 31 + id + at) % VOCABULARY, 7);
  }
}

interface Asked {
  max_tokens: number;
}

/** The name by which the app imports it. */
export class MLCEngine {
  readonly loadedModelIdToPipeline = new Map<string, Pipeline>();
  readonly chat = { completions: { create: async (asked: Asked) => this.#answer(asked) } };
  readonly #script: Script;
  #said = '';

  constructor({ appConfig }: MLCEngineConfig) {
    const { overrides } = appConfig!.model_list[0]!;
    this.#script = (overrides as unknown as { script: Script }).script;
    coarsen(this.#script);
  }

  /** With a device, for the app tells what adapter it came from. */
  async reload(id: string): Promise<void> {
    const adapter = await navigator.gpu.requestAdapter();
    await adapter!.requestDevice();
    this.loadedModelIdToPipeline.set(id, new Pipeline(this.#script));
  }

  async unload(): Promise<void> {
    this.loadedModelIdToPipeline.clear();
  }

  async resetChat(): Promise<void> {
    this.#pipeline().cached = [];
    this.#pipeline().fresh = true;
  }

  async getMessage(): Promise<string> {
    return this.#said;
  }

  async interruptGenerate(): Promise<void> {}

  async forwardTokensAndSample(ids: number[]): Promise<number> {
    const pipeline = this.#pipeline();
    const start = performance.now();
    if (pipeline.fresh) pipeline.begin(ids.length);
    else note('call');
    pipeline.cached.push(...ids);
    const id = await pipeline.sampleFromRawLogits();
    pipeline.count(ids.length, (performance.now() - start) / 1000);
    return id;
  }

  #pipeline(): Pipeline {
    return [...this.loadedModelIdToPipeline.values()][0]!;
  }

  #answer({ max_tokens: most }: Asked) {
    const pipeline = this.#pipeline();
    pipeline.begin(this.#script.chatTokens);
    return this.#stream(pipeline, Math.min(most, this.#script.answerTokens ?? most));
  }

  async *#stream(pipeline: Pipeline, count: number) {
    this.#said = '';
    pipeline.cached = [count];
    for (let token = 0; token < count; token++) {
      const id = await pipeline.sampleFromRawLogits();
      note('call'); // the app has it now
      pipeline.cached.push(id);
      const piece = String.fromCodePoint(97 + (id % 26));
      this.#said += piece;
      yield { choices: [{ delta: { content: piece }, finish_reason: null }] };
    }
    yield { choices: [{ delta: {}, finish_reason: 'length' }] };
    const extra = this.#script.countsNaN ? NAN_FIGURES : undefined;
    yield { choices: [], usage: { prompt_tokens: this.#script.chatTokens, completion_tokens: count, extra } };
  }
}

const NAN_FIGURES = { time_to_first_token_s: NaN, prefill_tokens_per_s: NaN, decode_tokens_per_s: NaN };
