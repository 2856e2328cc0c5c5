/** The private parts of web-llm 0.2.86 that the tests reach into, with just the members they use. */
import type { MLCEngine } from '@mlc-ai/web-llm';

export interface Disposable {
  dispose(): void;
}

export interface Tensor extends Disposable {
  shape: number[];
  dtype: string;
  copyFrom(data: Tensor | number[]): Tensor;
  toArray(): ArrayLike<number>;
}

export interface TvmArray extends Disposable {
  size(): number;
  get(index: number): Disposable;
}

type Packed = (...args: unknown[]) => Tensor | TvmArray | undefined;

interface Device {
  sync(): Promise<void>;
}

export interface Pipeline {
  tvm: {
    beginScope(): void;
    endScope(): void;
    cpu(): Device;
    empty(shape: number[], dtype: string, device: Device): Tensor;
    makeShapeTuple(shape: number[]): Disposable;
    memory: { memory: WebAssembly.Memory };
    lib: { webGPUContext: { currAllocatedBytes: number } };
  };
  device: Device;
  vm: { getFunction(name: string): Packed };
  prefill: Packed;
  kvCache: Disposable;
  params: Disposable;
  fKVCacheBeginForward: Packed;
  logitProcessor: unknown;
}

/** The pipeline of the only loaded model. */
export function pipelineOf(engine: MLCEngine): Pipeline {
  const { loadedModelIdToPipeline } = engine as unknown as { loadedModelIdToPipeline: Map<string, Pipeline> };
  const [pipeline] = loadedModelIdToPipeline.values();
  if (pipeline === undefined) throw new Error('no pipeline');
  return pipeline;
}
