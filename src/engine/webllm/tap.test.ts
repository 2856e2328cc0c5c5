import { expect, it, vi } from 'vitest';
import { judgeLogits, tapPipeline } from './tap.ts';

/** As much of web-llm's private shape as the tap relies on. */
function fakeEngine(ids: number[]) {
  const pipeline = {
    contextWindowSize: 128,
    filledKVCacheLength: 9,
    setSeed: vi.fn<(seed: number) => void>(),
    configs: [] as unknown[],
    async sampleFromRawLogits(_logits: unknown, config?: unknown) {
      this.configs.push(config);
      return ids.shift() ?? -1;
    },
  };
  return { pipeline, engine: { loadedModelIdToPipeline: new Map([['tiny', pipeline]]) } };
}

it('stamps every token when its id is there', async () => {
  const { engine, pipeline } = fakeEngine([5, 6]);
  const tap = tapPipeline(engine, 'tiny');
  tap?.begin();
  await pipeline.sampleFromRawLogits(null);
  pipeline.filledKVCacheLength = 10;
  await pipeline.sampleFromRawLogits(null);
  expect(tap?.ids()).toEqual([5, 6]);
  expect(tap?.stampsMs()).toHaveLength(2);
  expect(tap?.filledAtFirst()).toBe(9);
  expect(tap?.filled()).toBe(10);
});

it('starts anew for every generation', async () => {
  const { engine, pipeline } = fakeEngine([5, 6]);
  const tap = tapPipeline(engine, 'tiny');
  await pipeline.sampleFromRawLogits(null);
  const before = tap?.ids();
  tap?.begin();
  expect(tap?.ids()).toEqual([]);
  expect(before).toEqual([5]);
});

it('gives sampling only to calls that bring none', async () => {
  const { engine, pipeline } = fakeEngine([1, 2, 3]);
  const tap = tapPipeline(engine, 'tiny');
  tap?.begin({ sampling: { temperature: 0 } });
  await pipeline.sampleFromRawLogits(null);
  await pipeline.sampleFromRawLogits(null, { temperature: 1 });
  tap?.begin();
  await pipeline.sampleFromRawLogits(null);
  expect(pipeline.configs).toEqual([{ temperature: 0 }, { temperature: 1 }, undefined]);
});

it('tells the engine’s own counters, where they are', () => {
  const { engine, pipeline } = fakeEngine([]);
  expect(tapPipeline(engine, 'tiny')?.counters()).toBeNull();
  Object.assign(pipeline, { prefillTotalTokens: 8, prefillTotalTime: 0.2, decodingTotalTokens: 3 });
  expect(tapPipeline(engine, 'tiny')?.counters()).toBeNull();
  Object.assign(pipeline, { decodingTotalTime: 0.1 });
  const counters = { prefillTokens: 8, prefillS: 0.2, decodeTokens: 3, decodeS: 0.1 };
  expect(tapPipeline(engine, 'tiny')?.counters()).toEqual(counters);
});

it('looks at the first output only when asked, and where it can', async () => {
  const { engine, pipeline } = fakeEngine([1, 2, 3, 4]);
  const tap = tapPipeline(engine, 'tiny');
  tap?.begin({ inspect: true });
  await pipeline.sampleFromRawLogits(Float32Array.of(1, 2));
  expect(tap?.logits()).toBeNull();
  const read = vi.fn<(logits: Float32Array) => unknown>((logits) => ({ toArray: () => logits }));
  Object.assign(pipeline, { updateLogitsOnCPU: read, device: { sync: async () => undefined } });
  tap?.begin({ inspect: true });
  await pipeline.sampleFromRawLogits(Float32Array.of(1, NaN));
  await pipeline.sampleFromRawLogits(Float32Array.of(1, 2));
  expect(tap?.logits()).toEqual({ finite: false, constant: false });
  tap?.begin();
  await pipeline.sampleFromRawLogits(Float32Array.of(1, 2));
  expect(tap?.logits()).toBeNull();
  expect(read).toHaveBeenCalledTimes(1);
});

it('knows an output that says nothing', () => {
  expect(judgeLogits(Float32Array.of(1, 2, -3))).toEqual({ finite: true, constant: false });
  expect(judgeLogits(Float32Array.of(2, 2, 2))).toEqual({ finite: true, constant: true });
  expect(judgeLogits(Float32Array.of(2, Infinity))).toEqual({ finite: false, constant: false });
});

it('keeps some of the context window free', () => {
  const { engine, pipeline } = fakeEngine([]);
  tapPipeline(engine, 'tiny');
  expect(pipeline.contextWindowSize).toBe(120);
});

it.each([{}, { loadedModelIdToPipeline: {} }, { loadedModelIdToPipeline: new Map([['tiny', {}]]) }])(
  'gives up on another shape: %o',
  (engine) => {
    expect(tapPipeline(engine, 'tiny')).toBeNull();
  },
);
