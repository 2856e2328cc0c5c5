import { expect, type Page, type Worker } from '@playwright/test';
import { provoke } from './fault.ts';

/** Where the GPU of an engine's worker fails. */
export type GpuFault =
  | 'lost-in-load' // the device is destroyed while weights are written to it
  | 'no-memory-in-load' // buffers far beyond what there is are asked for
  | 'no-adapter' // the browser gives no adapter any more
  | 'wrong-numbers'; // one function of the shaders gives other values than it should

interface Hooked {
  gpuFault: { devices: GPUDevice[]; destroyOnSubmit: boolean };
}

/**
 * Puts a hook between web-llm and the GPU, in every engine worker that starts from now on, while its code is still
 * being fetched. `faults`: what happens to the first worker, the second, and so on.
 */
export function hookGpu(page: Page, faults: (GpuFault | null)[] = []): void {
  let started = 0;
  page.on('worker', (worker) => void hook(worker).catch(() => undefined)); // it may be ended at any time

  async function hook(worker: Worker): Promise<void> {
    // In one message: a second one might come after the device.
    const fault = faults[started] ?? null;
    if (!(await worker.evaluate(install, fault))) return;
    started += 1;
    if (fault) provoke(`GPU: ${fault}`);
  }
}

/** Runs in the worker; false when it is not an engine's. */
function install(fault: GpuFault | null): boolean {
  if (self.name !== 'engine') return false;
  const hooked: Hooked['gpuFault'] = { devices: [], destroyOnSubmit: false };
  Object.assign(globalThis, { gpuFault: hooked });
  if (fault === 'no-adapter') navigator.gpu.requestAdapter = async () => null;
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    hooked.devices.push(device);
    destroyOnWrite(device);
    askTooMuch(device);
    destroyOnSubmit(device);
    computeWrongly(device);
    return device;
  };
  return true;

  function destroyOnWrite(device: GPUDevice): void {
    if (fault !== 'lost-in-load') return;
    let writes = 0;
    const { queue } = device;
    const write = queue.writeBuffer.bind(queue) as (...values: unknown[]) => undefined;
    queue.writeBuffer = (...values: unknown[]) => {
      if (++writes === 5) device.destroy();
      return write(...values);
    };
  }

  function askTooMuch(device: GPUDevice): void {
    if (fault !== 'no-memory-in-load') return;
    const create = device.createBuffer.bind(device);
    device.createBuffer = (wanted) => {
      const huge = { size: device.limits.maxBufferSize, usage: wanted.usage & ~1 };
      for (let n = 0; n < 64; n++) create(huge);
      return create(wanted);
    };
  }

  /** As a driver with a broken `exp` would: attention and activations are wrong, nothing is reported. */
  function computeWrongly(device: GPUDevice): void {
    if (fault !== 'wrong-numbers') return;
    const create = device.createShaderModule.bind(device);
    device.createShaderModule = (made) =>
      create({ ...made, code: made.code.replaceAll(/\bexp\(/g, 'exp2(') });
  }

  function destroyOnSubmit(device: GPUDevice): void {
    const submit = device.queue.submit.bind(device.queue);
    device.queue.submit = (buffers) => {
      if (hooked.destroyOnSubmit) device.destroy();
      return submit(buffers);
    };
  }
}

/** The worker in which the engine runs now. */
export async function engineWorker(page: Page): Promise<Worker> {
  let latest: Worker | null = null;
  for (const worker of page.workers()) {
    if (await worker.evaluate(() => self.name === 'engine').catch(() => false)) latest = worker;
  }
  if (!latest) throw new Error('No engine worker runs.');
  return latest;
}

/** The device goes away at once. */
export async function destroyDevice(page: Page): Promise<void> {
  provoke('GPU: device destroyed');
  const worker = await engineWorker(page);
  const destroyed = await worker.evaluate(() => {
    const device = (globalThis as unknown as Hooked).gpuFault.devices.at(-1);
    device?.destroy();
    return device !== undefined;
  });
  expect(destroyed, 'a device was there to be destroyed').toBe(true);
}

/** The device goes away when the next work is submitted to it. */
export async function destroyOnNextSubmit(page: Page): Promise<void> {
  provoke('GPU: device destroyed on submit');
  const worker = await engineWorker(page);
  await worker.evaluate(() => {
    (globalThis as unknown as Hooked).gpuFault.destroyOnSubmit = true;
  });
}
