import { expect, it, vi } from 'vitest';
import type { LoadProgress, Variant } from '../engine.ts';
import { parseConfig } from './config.ts';
import { LoadClock } from './progress.ts';
import { watchReading } from './reading.ts';

const VARIANT: Variant = {
  id: 'tiny',
  quantization: 'q4f32_1',
  modelUrl: '',
  libUrl: '',
  sizeBytes: null,
  memoryBytes: null,
  bufferBytes: null,
  features: [],
  contextTokens: 4096,
};
const CONFIG = {
  vocab_size: 64,
  context_window_size: 2048,
  sliding_window_size: -1,
  temperature: 0.6,
  top_p: 0.9,
  repetition_penalty: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  tokenizer_files: ['tokenizer.json'],
  conv_template: {
    stop_token_ids: [4],
    system_prefix_token_ids: [0],
    role_templates: { user: '{user_message}' },
  },
};

function parse(change: object = {}, variant: Partial<Variant> = {}) {
  return parseConfig(JSON.stringify({ ...CONFIG, ...change }), { ...VARIANT, ...variant });
}

it('reads what it needs from a config', () => {
  expect(parse()).toEqual({
    contextTokens: 2048,
    vocabularySize: 64,
    stopTokens: [4],
    prefixTokens: [0],
    templatedRoles: new Set(['user']),
    thinksAtOnce: false,
    overrides: { context_window_size: 2048 },
  });
});

it('takes the smaller context window, unless an override says otherwise', () => {
  expect(parse({}, { contextTokens: 1024 }).contextTokens).toBe(1024);
  const { contextTokens, overrides } = parse(
    {},
    { overrides: { context_window_size: 8192, max_history_size: 1 } },
  );
  expect(contextTokens).toBe(8192);
  expect(overrides).toEqual({ context_window_size: 8192, max_history_size: 1 });
});

it('leaves the window of a sliding model alone', () => {
  const { overrides, contextTokens } = parse({ context_window_size: -1, sliding_window_size: 512 });
  expect(overrides).toEqual({});
  expect(contextTokens).toBe(4096);
});

it('fills in sampling values without which web-llm fails', () => {
  const { overrides } = parse({ temperature: undefined, repetition_penalty: undefined });
  expect(overrides).toMatchObject({ temperature: 0.7, repetition_penalty: 1 });
  expect(overrides).not.toHaveProperty('top_p');
});

it.each(['<!doctype html>', '[]', 'null', '{}', '{"conv_template":{},"tokenizer_files":[]}'])(
  'takes %s for no model',
  (text) => {
    expect(() => parseConfig(text, VARIANT)).toThrowError(expect.objectContaining({ code: 'not-a-model' }));
  },
);

it('tells phases and their times from what web-llm says', () => {
  let ms = 1_000;
  const seen: LoadProgress[] = [];
  const clock = new LoadClock(
    (progress) => seen.push(progress),
    () => ms,
  );
  const report = (atMs: number, progress: number, text: string) => {
    ms = atMs;
    clock.report({ progress, text });
  };
  clock.waited(90);
  report(1_200, 0, 'Start to fetch params');
  clock.waited(150);
  clock.waited(40);
  report(1_500, 0.5, 'Loading model from cache[1/2]: 16MB loaded. 50% completed, 1 secs elapsed.');
  report(1_800, 1, 'Loading model from cache[2/2]: 32MB loaded. 100% completed, 1 secs elapsed.');
  report(2_000, 0.4, 'Loading GPU shader modules[4/10]: 40% completed, 1 secs elapsed.');
  report(2_100, 1, 'Something new');
  report(2_300, 1, 'Finish loading on WebGPU - maker');
  expect(seen).toEqual([
    { phase: 'starting', fraction: null },
    { phase: 'openStore', fraction: 0 },
    { phase: 'openStore', fraction: 0.5 },
    { phase: 'openStore', fraction: 1 },
    { phase: 'shaders', fraction: 0.4 },
    { phase: 'shaders', fraction: 1 },
  ]);
  expect(clock.finish(130)).toEqual({
    total: 1_300,
    importEngine: 130,
    openStore: 600,
    upload: 410,
    shaders: 500,
  });
});

it('does not know the time of a phase that it did not hear of', () => {
  const clock = new LoadClock(
    () => {},
    () => 0,
  );
  expect(clock.finish(0)).toMatchObject({ openStore: null, upload: null, shaders: null });
});

it('hears how long web-llm waits for the store, until the load is over', async () => {
  const waits: number[] = [];
  class Face {
    async match() {
      return new Response('weights');
    }
  }
  const face = new Face();
  vi.stubGlobal('caches', { open: async () => face });
  const stop = await watchReading((ms) => waits.push(ms));
  const read = async () => (await face.match()).arrayBuffer();
  expect((await read()).byteLength).toBe(7);
  stop();
  await read();
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThanOrEqual(0);
  vi.unstubAllGlobals();
});
