import { EngineError } from '../engine/engine.ts';

/** Threads of a workgroup, and the most workgroups: enough threads to fill the largest GPUs. */
const WIDTH = 256;
const GROUPS = 1024;
/** Bytes that all threads together read in one step, a `vec4<f32>` each. Sizes are multiples of it. */
const STEP_BYTES = WIDTH * GROUPS * 16;
/** Each value is an integer below this, so that sums are exact and can be checked. */
const VALUES = 256;
/** `f32` counts exactly up to here. */
const EXACT = 2 ** 24;

/**
 * Fills a buffer with `vec4(i % 256)` and reads it again in a grid-stride loop (each thread steps by the number of threads,
 * so that neighbours read neighbours). Each pass starts elsewhere, so that a compiler cannot read once and multiply.
 */
const SHADER = `
struct Work { vectors: u32, passes: u32 }
@group(0) @binding(0) var<uniform> work: Work;
@group(0) @binding(1) var<storage, read_write> data: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> sums: array<u32>;
var<workgroup> shared_sum: atomic<u32>;

const STRIDE = ${WIDTH * GROUPS}u;

@compute @workgroup_size(${WIDTH})
fn fill(@builtin(global_invocation_id) id: vec3<u32>) {
  for (var i = id.x; i < work.vectors; i += STRIDE) {
    data[i] = vec4<f32>(f32(i % ${VALUES}u));
  }
}

@compute @workgroup_size(${WIDTH})
fn read(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  var sum = vec4<f32>(0.0);
  for (var pass_ = 0u; pass_ < work.passes; pass_++) {
    let shift = pass_ * ${WIDTH}u;
    for (var i = id.x; i < work.vectors; i += STRIDE) {
      var at = i + shift;
      if (at >= work.vectors) { at -= work.vectors; }
      sum += data[at];
    }
  }
  atomicAdd(&shared_sum, u32(sum.x) + u32(sum.y) + u32(sum.z) + u32(sum.w));
  workgroupBarrier();
  if (lane == 0u) { sums[group.x] = atomicLoad(&shared_sum); }
}`;

export interface Work {
  /** Read from the start of the buffer; a multiple of what `fit` gives, or 0 for a dispatch with nothing to do. */
  bytes: number;
  passes: number;
}

/** A large buffer on a device of its own, and the time it takes to read it. */
export class Reader {
  private constructor(
    private readonly device: GPUDevice,
    private readonly largestBytes: number,
    private readonly buffers: Record<'work' | 'data' | 'sums' | 'result', GPUBuffer>,
    private readonly pipelines: Record<'fill' | 'read', GPUComputePipeline>,
    private readonly bindings: GPUBindGroup,
    readonly now: () => number,
  ) {}

  /** @throws {EngineError} `out-of-memory` when the buffer is refused. */
  static async open(adapter: GPUAdapter, wantedBytes: number, now: () => number): Promise<Reader> {
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const most = Math.min(wantedBytes, maxBufferSize, maxStorageBufferBindingSize);
    const largestBytes = Math.floor(most / STEP_BYTES) * STEP_BYTES;
    const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize };
    const device = await adapter.requestDevice({ requiredLimits });
    try {
      return await Reader.build(device, largestBytes, now);
    } catch (error) {
      device.destroy();
      throw error;
    }
  }

  private static async build(device: GPUDevice, largestBytes: number, now: () => number): Promise<Reader> {
    device.pushErrorScope('out-of-memory');
    const buffer = (size: number, usage: number) => device.createBuffer({ size, usage });
    const { STORAGE, UNIFORM, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
    const buffers = {
      work: buffer(8, UNIFORM | COPY_DST),
      data: buffer(largestBytes, STORAGE),
      sums: buffer(4 * GROUPS, STORAGE | COPY_SRC),
      result: buffer(4 * GROUPS, MAP_READ | COPY_DST),
    };
    const refused = await device.popErrorScope();
    if (refused)
      throw new EngineError(
        'out-of-memory',
        'The GPU has no memory left to be measured.',
        'Close other tabs and programs that use the GPU, then try again.',
        refused.message,
      );
    const pipelines = await buildPipelines(device);
    const { work, data, sums } = buffers;
    const bindings = device.createBindGroup({
      layout: pipelines.layout,
      entries: [work, data, sums].map((resource, binding) => ({ binding, resource: { buffer: resource } })),
    });
    return new Reader(device, largestBytes, buffers, pipelines, bindings, now);
  }

  /** The nearest size that can be read, from one step up to the whole buffer. */
  fit(bytes: number): number {
    return Math.min(this.largestBytes, Math.max(1, Math.floor(bytes / STEP_BYTES)) * STEP_BYTES);
  }

  /** As many passes as leave each thread's sum exact, and their starts within the data. */
  mostPasses(bytes: number): number {
    return Math.min(GROUPS, Math.floor(EXACT / ((bytes / STEP_BYTES) * VALUES)));
  }

  /** Write the pattern into the first bytes. */
  async fill(bytes: number): Promise<void> {
    this.submit('fill', { bytes, passes: 1 });
    await this.device.queue.onSubmittedWorkDone();
  }

  /**
   * Read, and wait until the sums are on the CPU. Gives the time from submit to there, in ms.
   * @throws {EngineError} `wrong-output` when the sums are not those of what was written.
   */
  async read(work: Work): Promise<number> {
    const { result } = this.buffers;
    const startMs = this.now();
    this.submit('read', work);
    await result.mapAsync(GPUMapMode.READ);
    const tookMs = this.now() - startMs;
    const sums = new Uint32Array(result.getMappedRange().slice(0));
    result.unmap();
    this.verify(
      sums.reduce((sum, part) => sum + part, 0),
      work,
    );
    return tookMs;
  }

  /** Frees the buffers and the device. */
  close(): void {
    for (const buffer of Object.values(this.buffers)) buffer.destroy();
    this.device.destroy();
  }

  private submit(kind: 'fill' | 'read', { bytes, passes }: Work): void {
    const { device, buffers } = this;
    device.queue.writeBuffer(buffers.work, 0, new Uint32Array([bytes / 16, passes]));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.pipelines[kind]);
    pass.setBindGroup(0, this.bindings);
    pass.dispatchWorkgroups(bytes > 0 ? GROUPS : 1);
    pass.end();
    if (kind === 'read') encoder.copyBufferToBuffer(buffers.sums, 0, buffers.result, 0, 4 * GROUPS);
    device.queue.submit([encoder.finish()]);
  }

  private verify(sum: number, { bytes, passes }: Work): void {
    // Whole cycles of 0 … 255, four values in each vector; u32 sums wrap around. With nothing to read, old sums stay.
    const want = passes * (bytes / 16) * ((VALUES - 1) / 2) * 4;
    if (bytes > 0 && sum % 2 ** 32 !== want % 2 ** 32)
      throw new EngineError(
        'wrong-output',
        'The GPU reads its memory wrongly.',
        'Update the browser and the graphics driver.',
        `sum ${sum} instead of ${want}`,
      );
  }
}

async function buildPipelines(device: GPUDevice) {
  const { COMPUTE } = GPUShaderStage;
  const types: GPUBufferBindingType[] = ['uniform', 'storage', 'storage'];
  const layout = device.createBindGroupLayout({
    entries: types.map((type, binding) => ({ binding, visibility: COMPUTE, buffer: { type } })),
  });
  const module = device.createShaderModule({ code: SHADER });
  const build = (entryPoint: string) =>
    device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint },
    });
  return { layout, fill: await build('fill'), read: await build('read') };
}
