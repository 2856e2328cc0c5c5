import { expect, it } from 'vitest';
import { DeviceWatch, raiseLimits } from './device.ts';

const GIB = 2 ** 30;

class GPUOutOfMemoryError extends Error {}
class GPUValidationError extends Error {}

/** A device whose fate the test decides. */
function fakeDevice() {
  let lose!: (info: { reason: string; message: string }) => void;
  const lost = new Promise((resolve) => (lose = resolve));
  const events = new EventTarget();
  const scoped: unknown[] = [];
  const device = {
    lost,
    addEventListener: events.addEventListener.bind(events),
    popErrorScope: () => Promise.resolve(scoped.shift() ?? null),
  };
  const fault = (error: Error) =>
    events.dispatchEvent(Object.assign(new Event('uncapturederror'), { error }));
  return { device, lose, scoped, fault };
}

type Fake = ReturnType<typeof fakeDevice>;

async function watchOne(limits = { maxBufferSize: 2 * GIB, maxStorageBufferBindingSize: GIB / 2 }) {
  const fake: Fake = fakeDevice();
  const asked: GPUDeviceDescriptor[] = [];
  const prototype = {
    requestDevice: async (descriptor?: GPUDeviceDescriptor) => {
      asked.push(descriptor ?? {});
      return fake.device as unknown as GPUDevice;
    },
  };
  const watch = new DeviceWatch();
  watch.install(prototype as unknown as GPUAdapter);
  const adapter = { info: { vendor: 'maker' }, features: new Set(['subgroups']), limits };
  const device = await prototype.requestDevice.call(adapter as unknown as typeof prototype, {
    requiredLimits: { maxBufferSize: GIB, maxStorageBufferBindingSize: GIB / 8 },
  });
  return { watch, asked, popErrorScope: () => device.popErrorScope(), ...fake };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

it('asks for what the adapter has and knows which adapter it was', async () => {
  const { watch, asked } = await watchOne();
  expect(asked[0]?.requiredLimits).toEqual({ maxBufferSize: 2 * GIB, maxStorageBufferBindingSize: GIB / 2 });
  expect(watch.facts).toMatchObject({ vendor: 'maker', maxBindingBytes: GIB / 2, features: ['subgroups'] });
});

it('raises limits to 4 GiB at most, never lowers one, and leaves the others', () => {
  const limits = { maxBufferSize: 64 * GIB, maxStorageBufferBindingSize: GIB } as GPUSupportedLimits;
  const descriptor = {
    requiredLimits: { maxStorageBufferBindingSize: 2 * GIB, maxBindGroups: 4 },
    label: 'x',
  };
  expect(raiseLimits(limits, descriptor)).toEqual({
    label: 'x',
    requiredLimits: { maxBufferSize: 4 * GIB, maxStorageBufferBindingSize: 2 * GIB, maxBindGroups: 4 },
  });
});

it('rejects what is running as soon as the device is lost', async () => {
  const { watch, lose } = await watchOne();
  const running = watch.race(new Promise(() => {}));
  lose({ reason: 'unknown', message: 'gone' });
  await expect(running).rejects.toThrow('gone');
  expect(watch.loss).toEqual({ reason: 'unknown', message: 'gone', cause: null });
  await expect(watch.race(new Promise(() => {}))).rejects.toThrow('gone');
});

it('waits a moment for a loss that has announced itself', async () => {
  const { watch, lose } = await watchOne();
  setTimeout(() => lose({ reason: 'destroyed', message: 'gone' }), 5);
  expect(await watch.pendingLoss()).toMatchObject({ reason: 'destroyed' });
  expect(await (await watchOne()).watch.pendingLoss(1)).toBeNull();
});

it('lets work through that ends well', async () => {
  const { watch } = await watchOne();
  await expect(watch.race(Promise.resolve(7))).resolves.toBe(7);
});

it('remembers the error that made web-llm destroy the device', async () => {
  const { watch, popErrorScope, scoped, lose } = await watchOne();
  scoped.push(new GPUOutOfMemoryError('no room'));
  await popErrorScope();
  lose({ reason: 'destroyed', message: 'destroy() was called' });
  await turn();
  expect(watch.loss?.cause).toEqual({ kind: 'out-of-memory', message: 'no room' });
});

it('keeps the first error that no scope caught', async () => {
  const { watch, fault } = await watchOne();
  fault(new GPUValidationError('bad bind group'));
  fault(new GPUValidationError('and another'));
  expect(watch.uncaptured).toEqual({ kind: 'validation', message: 'bad bind group' });
});

it('does not call it a loss when we let go of the device', async () => {
  const { watch, lose } = await watchOne();
  watch.release();
  lose({ reason: 'destroyed', message: '' });
  await turn();
  expect(watch.loss).toBeNull();
});
