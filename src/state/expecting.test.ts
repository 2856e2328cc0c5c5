import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { sampleResult } from '../bench/samples.ts';
import type { Probe } from '../gpu/probe.ts';
import { write } from '../store.ts';

const QWEN = 'Qwen3.5-2B-q4f32_1-MLC';
const LLAMA = 'Llama-3.2-1B-Instruct-q4f32_1-MLC';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('indexedDB', new IDBFactory());
});

/** A visit on the adapter of the sample, which computes in 32-bit floats. */
async function visit() {
  const sample = await sampleResult();
  const adapter = { ...sample.adapter, features: [], maxBufferBytes: 2 ** 32, maxBindingBytes: 2 ** 31 };
  const { gpu } = await import('./gpu.ts');
  const { doors } = await import('./doors.ts');
  doors.bandwidth = async () => ({ bytesPerS: 1e11, samplesBytesPerS: [], bufferBytes: 1, submitMs: 0.2 });
  gpu.value = { adapter, usable: true, deviceMemoryGb: null } as unknown as Probe;
  const { expectation, ...actions } = await import('./expected.ts');
  return { sample: { ...sample, adapter }, expectation, ...actions };
}

test('nothing is said before the memory was measured, and afterwards of every model that reads memory', async () => {
  const { expectation, expectAsBefore, measureAndExpect } = await visit();
  await expectAsBefore();
  expect(expectation.value.speeds.size).toBe(0);
  await measureAndExpect();
  const { speeds, bytesPerS, count } = expectation.value;
  expect({ bytesPerS, count }).toEqual({ bytesPerS: 1e11, count: 0 });
  const qwen = speeds.get(QWEN)!;
  expect(qwen.isMeasured).toBe(false);
  expect(qwen.highTps).toBeLessThan(1e11 / (2e9 * 0.625));
  expect(speeds.get(LLAMA)!.highTps).toBeGreaterThan(qwen.highTps);
  expect([...speeds.keys()].filter((id) => id.startsWith('demo'))).toEqual([]);
});

test('a later visit knows it at once, and a measured model tells its own speed and narrows the others', async () => {
  const first = await visit();
  await first.measureAndExpect();
  const width = (id: string, from: typeof first) => {
    const { lowTps, highTps } = from.expectation.value.speeds.get(id)!;
    return highTps / lowTps;
  };
  const before = width(QWEN, first);
  const model = { ...first.sample.model, variant: LLAMA, bytesPerToken: 300e6 };
  await write('history', [{ id: 'one', result: { ...first.sample, model, bandwidth: null } }]);

  vi.resetModules();
  const second = await visit();
  await second.expectAsBefore();
  expect(second.expectation.value.count).toBe(1);
  expect(second.expectation.value.speeds.get(LLAMA)!.isMeasured).toBe(true);
  expect(width(QWEN, second)).toBeLessThan(before);
});

test('a failure is told and leaves no speeds', async () => {
  const { expectation, measureAndExpect } = await visit();
  const { doors } = await import('./doors.ts');
  doors.bandwidth = () => Promise.reject(new Error('lost'));
  await measureAndExpect();
  expect(expectation.value).toMatchObject({
    bytesPerS: null,
    isReading: false,
    failure: { code: 'unknown' },
  });
});
