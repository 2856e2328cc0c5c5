import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { sampleResult } from '../bench/samples.ts';
import type { Bandwidth } from '../gpu/bandwidth.ts';

const GIVEN: Bandwidth = {
  bytesPerS: 4e11,
  samplesBytesPerS: [4e11],
  bufferBytes: 2 ** 28,
  submitMs: 0.2,
};

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('indexedDB', new IDBFactory());
});

async function page(bandwidth: () => Promise<Bandwidth> = async () => GIVEN) {
  const { doors } = await import('./doors.ts');
  const asked = vi.fn(bandwidth);
  doors.bandwidth = asked;
  return { asked, doors, ...(await import('./roofline.ts')), ...(await sampleResult()) };
}

test('the memory of an adapter is measured once, kept, and known after a reload', async () => {
  const first = await page();
  expect(await first.memoryOf(first.adapter, false)).toBeNull();
  expect(await first.memoryOf(first.adapter, true)).toEqual({ bytesPerS: 4e11, submitMs: 0.2 });
  expect(await first.memoryOf(first.adapter, true)).not.toBeNull();
  expect(first.asked).toHaveBeenCalledTimes(1);

  vi.resetModules();
  const again = await page();
  expect(await again.memoryOf(again.adapter, false)).toEqual({ bytesPerS: 4e11, submitMs: 0.2 });
  expect(await again.memoryOf({ ...again.adapter, device: 'another' }, false)).toBeNull();
});

test('older results of the adapter take part, and those with a reading of their own keep it', async () => {
  const here = await page();
  await here.readMemory(here.adapter);
  const result = await sampleResult();
  expect(here.withReading(result).bandwidth).toEqual({ bytesPerS: 4e11, submitMs: 0.2 });
  const own = { ...result, bandwidth: { bytesPerS: 1, submitMs: 1 } };
  expect(here.withReading(own)).toBe(own);
});

test('a failure is told and leaves nothing', async () => {
  const here = await page(() => Promise.reject(new Error('lost')));
  expect(await here.memoryOf(here.adapter, true)).toBeNull();
  expect(here.readingFailure.value?.code).toBe('unknown');
  expect(here.isReading.value).toBe(false);
});

test('bytes per token come from the stored files, and a model without them tells none', async () => {
  const here = await page();
  const files: Record<string, string> = {
    'tensor-cache.json': JSON.stringify({ records: [{ records: [{ name: 'embed_tokens.w', nbytes: 9 }] }] }),
    'mlc-chat-config.json': 'broken',
  };
  const readText = async (_: string, path: string) => files[path] ?? null;
  here.doors.weights = () => ({ readText }) as unknown as ReturnType<typeof here.doors.weights>;
  expect(await here.bytesOf('x')).toEqual({ bytesPerToken: 9, kvBytesPerToken: null });
});

test('only readings that make sense come back', async () => {
  const { parseReadings, adapter } = await page();
  const good = { adapter, bytesPerS: 1, submitMs: 0, atMs: 1 };
  expect(parseReadings([good, null, { ...good, bytesPerS: Number.NaN }, { ...good, adapter: {} }])).toEqual([
    good,
  ]);
  expect(parseReadings('x')).toBeNull();
});
