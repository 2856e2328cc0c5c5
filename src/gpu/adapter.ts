import type { AdapterFacts } from '../engine/engine.ts';

/** Names under which browsers present a "GPU" that is software on the CPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b|software/i;

/** The parts of `GPUAdapter` that are read. `isFallbackAdapter` moved from the adapter to its info in 2025. */
export interface AdapterLike {
  readonly info?: Partial<GPUAdapterInfo>;
  readonly isFallbackAdapter?: boolean;
  readonly features: Iterable<string>;
  readonly limits: Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;
}

/** What an adapter tells about itself, as plain data that can cross threads. Text is empty where it is hidden. */
export function adapterFacts(adapter: AdapterLike): AdapterFacts {
  const { vendor = '', architecture = '', device = '', description = '' } = adapter.info ?? {};
  const fallback = adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false;
  return {
    vendor,
    architecture,
    device,
    description,
    software: fallback || SOFTWARE.test(`${vendor} ${architecture} ${device} ${description}`),
    features: [...adapter.features].sort(),
    maxBufferBytes: adapter.limits.maxBufferSize,
    maxBindingBytes: adapter.limits.maxStorageBufferBindingSize,
  };
}
