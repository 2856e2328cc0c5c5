/**
 * Drives the unmodified web-llm engine for the tests of the model library.
 *
 * Logits come out by the public way, a logit processor: it sees them on the CPU after every forward, whatever the
 * sampling does afterwards. Single kernels (softmax, argsort, …) are called as the engine does it, through the private
 * pipeline object, because no public call shows their results.
 */
import { MLCEngine } from '@mlc-ai/web-llm';
import type { ChatCompletionRequestNonStreaming, ChatOptions, LogitProcessor } from '@mlc-ai/web-llm';
import * as Comlink from 'comlink';
import { type Disposable, type Pipeline, type Tensor, pipelineOf } from './pipeline.ts';

/** A GPU tensor as the tests write it. */
export interface TensorSpec {
  dtype: 'float32' | 'int32';
  shape: number[];
  data: number[];
}

class Recorder implements LogitProcessor {
  last: Float32Array = new Float32Array();
  processLogits(logits: Float32Array): Float32Array {
    this.last = logits.slice();
    return logits;
  }
  processSampledToken(): void {}
  resetState(): void {}
}

const ID = 'model';

/** Reads GPU tensors back. */
async function read(pipeline: Pipeline, tensors: Tensor[]): Promise<number[][]> {
  const { tvm } = pipeline;
  tvm.beginScope();
  const copies = tensors.map((tensor) => tvm.empty(tensor.shape, tensor.dtype, tvm.cpu()).copyFrom(tensor));
  await pipeline.device.sync();
  const values = copies.map((copy) => Array.from(copy.toArray()));
  tvm.endScope();
  return values;
}

const lab = {
  engine: null as MLCEngine | null,
  recorder: new Recorder(),

  /** Loads the model at `folder` (absolute URL) with the library at `library`; milliseconds. */
  async load(folder: string, library: string, options: ChatOptions = {}): Promise<number> {
    const started = performance.now();
    lab.engine = new MLCEngine({
      appConfig: { model_list: [{ model: folder, model_id: ID, model_lib: library }] },
      logitProcessorRegistry: new Map([[ID, lab.recorder]]),
    });
    await lab.engine.reload(ID, options);
    return performance.now() - started;
  },

  /** Bytes that the library holds now: its own memory, and GPU buffers. */
  async memory(): Promise<{ wasm: number; gpu: number }> {
    const { lib, memory } = pipelineOf(loaded()).tvm;
    return { wasm: memory.memory.buffer.byteLength, gpu: lib.webGPUContext.currAllocatedBytes };
  },

  async unload(): Promise<void> {
    await loaded().unload();
  },

  async reset(): Promise<void> {
    await loaded().resetChat();
  },

  /** Appends `ids` to the sequence and returns the logits after the last; several ids go through prefill. */
  async logits(ids: number[]): Promise<number[]> {
    await loaded().forwardTokensAndSample(ids, true);
    return Array.from(lab.recorder.last);
  },

  /** Appends `ids`, then `count - 1` sampled tokens; returns the `count` tokens that were sampled. */
  async generate(ids: number[], count: number): Promise<number[]> {
    const tokens = [await loaded().forwardTokensAndSample(ids, true)];
    while (tokens.length < count) tokens.push(await loaded().forwardTokensAndSample(tokens.slice(-1), false));
    return tokens;
  },

  async chat(request: ChatCompletionRequestNonStreaming) {
    return loaded().chat.completions.create(request);
  },

  /** Calls one GPU function of the library; returns its result, or its first argument if it works in place. */
  async run(name: string, inputs: TensorSpec[]): Promise<number[][]> {
    const pipeline = pipelineOf(loaded());
    const { tvm } = pipeline;
    tvm.beginScope();
    const tensors = inputs.map(({ dtype, shape, data }) =>
      tvm.empty(shape, dtype, pipeline.device).copyFrom(data),
    );
    const result = pipeline.vm.getFunction(name)(...tensors);
    const outputs =
      result === undefined ? tensors.slice(0, 1) : 'size' in result ? itemsOf(result) : [result];
    const values = await read(pipeline, outputs as Tensor[]);
    tvm.endScope();
    return values;
  },

  /** A forward with deliberate mistakes; see the tests. `begin` null leaves out begin_forward. */
  async misuse(sequence: number, begin: number | null, shape: number[]): Promise<void> {
    const pipeline = pipelineOf(loaded());
    const { tvm } = pipeline;
    tvm.beginScope();
    if (begin !== null) {
      pipeline.fKVCacheBeginForward(
        pipeline.kvCache,
        tvm.makeShapeTuple([sequence]),
        tvm.makeShapeTuple([begin]),
      );
    }
    pipeline.prefill(tvm.empty(shape, 'float32', pipeline.device), pipeline.kvCache, pipeline.params);
  },

  /** Tokens per second of prefill of `ids` and of `count` decode steps after it, sampling included, nothing recorded. */
  async bench(ids: number[], count: number): Promise<{ prefillTps: number; decodeTps: number }> {
    const pipeline = pipelineOf(loaded());
    pipeline.logitProcessor = undefined;
    await loaded().resetChat();
    const start = performance.now();
    let token = await loaded().forwardTokensAndSample(ids, true);
    const middle = performance.now();
    for (let i = 0; i < count; i++) token = await loaded().forwardTokensAndSample([token], false);
    const end = performance.now();
    pipeline.logitProcessor = lab.recorder;
    return { prefillTps: (1000 * ids.length) / (middle - start), decodeTps: (1000 * count) / (end - middle) };
  },
};

function itemsOf(array: { size(): number; get(index: number): Disposable }): Disposable[] {
  return Array.from({ length: array.size() }, (_, i) => array.get(i));
}

function loaded(): MLCEngine {
  if (lab.engine === null) throw new Error('no model is loaded');
  return lab.engine;
}

export type Lab = typeof lab;
Comlink.expose(lab);
