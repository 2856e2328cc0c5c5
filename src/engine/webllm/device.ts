import { adapterFacts } from '../../gpu/adapter.ts';
import type { AdapterFacts } from '../engine.ts';

/** Why the device went away. `cause` is the GPU error seen before it, if any: web-llm answers one by destroying. */
export interface Loss {
  reason: string;
  message: string;
  cause: GpuFault | null;
}

export interface GpuFault {
  kind: 'out-of-memory' | 'validation' | 'internal';
  message: string;
}

/** web-llm itself asks for 1 GiB or else for the smallest size that WebGPU guarantees; more than this helps nobody. */
const LIMIT_CEILING = 4 * 2 ** 30;
const RAISED = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const;

/**
 * Sees every `GPUDevice` that web-llm requests, which it does not give out: whether it is lost, which GPU errors
 * nobody caught, and which adapter it came from. One per worker.
 */
export class DeviceWatch {
  /** The adapter behind the latest device; null before the first. */
  facts: AdapterFacts | null = null;
  /** Set when the latest device is lost without having been asked to go. */
  loss: Loss | null = null;
  /** GPU errors that no error scope caught since `forgetFaults`. */
  uncaptured: GpuFault | null = null;
  #device: GPUDevice | null = null;
  #scoped: GpuFault | null = null;
  #waiting = new Set<(loss: Loss) => void>();

  /** Hook into `GPUAdapter.prototype`. Must run before web-llm asks for a device. */
  install(prototype: Pick<GPUAdapter, 'requestDevice'>): void {
    const original = prototype.requestDevice;
    const adopt = (adapter: GPUAdapter, device: GPUDevice) => this.#adopt(adapter, device);
    prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor) {
      const device = await requestRaised(this, original, descriptor);
      adopt(this, device);
      return device;
    };
  }

  /** The coming loss of the present device is our own doing. */
  release(): void {
    this.#device = null;
    this.loss = null;
  }

  forgetFaults(): void {
    this.uncaptured = null;
  }

  /** The loss of the device, if there is one or comes at once: what fails because of it can fail a little earlier. */
  async pendingLoss(waitMs = 100): Promise<Loss | null> {
    const waited = new Promise<void>((resolve) => setTimeout(resolve, waitMs));
    await this.race(waited).catch(() => {}); // a loss is told below
    return this.loss;
  }

  /** `work`, or a rejection as soon as the device is lost: much of web-llm never settles then. */
  async race<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {}); // it may lose the race, and its rejection is then of no use
    let stop!: (loss: Loss) => void;
    const lost = new Promise<never>((_resolve, reject) => {
      stop = (loss) => reject(new Error(`Device lost: ${loss.message}`));
    });
    this.#waiting.add(stop);
    if (this.loss) stop(this.loss);
    try {
      return await Promise.race([work, lost]);
    } finally {
      this.#waiting.delete(stop);
    }
  }

  #adopt(adapter: GPUAdapter, device: GPUDevice): void {
    this.#device = device;
    this.facts = adapterFacts(adapter);
    this.loss = null;
    this.#scoped = null;
    this.forgetFaults();
    this.#listenToScopes(device);
    device.addEventListener('uncapturederror', (event) => {
      this.uncaptured ??= faultOf(event.error);
    });
    void device.lost.then((info) => this.#lose(device, info));
  }

  /** web-llm wraps every `createBuffer` in error scopes and destroys the device on an error, whatever it was. */
  #listenToScopes(device: GPUDevice): void {
    const pop = device.popErrorScope.bind(device);
    device.popErrorScope = () => {
      const popped = pop();
      popped.then(
        (error) => (error ? (this.#scoped ??= faultOf(error)) : null),
        () => {}, // the device is gone, and `lost` says so
      );
      return popped;
    };
  }

  #lose(device: GPUDevice, info: Pick<GPUDeviceLostInfo, 'reason' | 'message'>): void {
    if (this.#device !== device) return;
    const loss = {
      reason: String(info.reason),
      message: info.message,
      cause: this.#scoped ?? this.uncaptured,
    };
    this.#device = null;
    this.loss = loss;
    for (const stop of this.#waiting) stop(loss);
  }
}

/** The kind of a GPU error by the name of its class, which also tells in tests and after minification. */
function faultOf(error: GPUError): GpuFault {
  const name = error.constructor.name;
  const kind = name.includes('OutOfMemory')
    ? 'out-of-memory'
    : name.includes('Validation')
      ? 'validation'
      : 'internal';
  return { kind, message: error.message };
}

/**
 * The descriptor with the buffer limits raised to what the adapter really has. web-llm knows only 1 GiB or the
 * guaranteed minimum (256 MiB and 128 MiB), so that a phone with 512 MiB would be treated as one with 128.
 */
export function raiseLimits(
  limits: GPUSupportedLimits,
  descriptor: GPUDeviceDescriptor,
): GPUDeviceDescriptor {
  const requiredLimits = { ...descriptor.requiredLimits };
  for (const name of RAISED) {
    const offered = Math.min(limits[name], LIMIT_CEILING);
    if (offered > (requiredLimits[name] ?? 0)) requiredLimits[name] = offered;
  }
  return { ...descriptor, requiredLimits };
}

async function requestRaised(
  adapter: GPUAdapter,
  request: GPUAdapter['requestDevice'],
  descriptor: GPUDeviceDescriptor = {},
): Promise<GPUDevice> {
  try {
    return await request.call(adapter, raiseLimits(adapter.limits, descriptor));
  } catch {
    // A refusal does not use up the adapter, and what web-llm asked for may still be granted.
    return request.call(adapter, descriptor);
  }
}
