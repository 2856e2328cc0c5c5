import { expect, test } from 'vitest';
import { sampleResult } from '../bench/samples.ts';
import { figuresOf, loadOf, nativeOf } from './report-figures.ts';

test('a case has its figures on each clock that tells them', async () => {
  const { cases } = await sampleResult();
  const reading = figuresOf(cases[0]!);
  expect(reading.rows.map(({ label }) => label)).toEqual(['TTFT', 'Prefill', 'Whole answer']);
  const writing = figuresOf(cases[1]!);
  expect(writing.rows.map(({ label }) => label)).toEqual([
    'Decode',
    'TPOT',
    'ITL p50',
    'ITL p95',
    'ITL p99',
    'Whole answer',
  ]);
  expect(writing.rows[0]?.cells[0]?.value).toBe('50.0');
  expect(writing.rows[2]?.cells[0]?.value).toBe('20.0');
});

test('the parts of a load are told apart, and what is not known is left out', async () => {
  const result = await sampleResult();
  const load = {
    downloadMs: null,
    totalMs: 900,
    importEngineMs: 100,
    openStoreMs: 500,
    uploadMs: 200,
    shadersMs: 400,
    firstTokenMs: 800,
  };
  const parts = loadOf({ ...result, load });
  expect(parts.map(({ label, value }) => [label, value])).toEqual([
    ['Fetch the engine’s code', '100 ms'],
    ['Read from the store', '300 ms'],
    ['Copy onto the GPU', '200 ms'],
    ['Compile shaders, make the KV cache', '400 ms'],
    ['First request to its first token', '800 ms'],
  ]);
  expect(parts.at(-1)?.share).toBe(1);
});

test('a model that MLC does not publish gets no command for MLC', async () => {
  const result = await sampleResult();
  expect(nativeOf(result).some(({ tool }) => tool === 'MLC LLM')).toBe(false);
  const model = { ...result.model, variant: 'Qwen3.5-0.8B-q4f32_1-MLC' };
  expect(nativeOf({ ...result, model }).find(({ tool }) => tool === 'MLC LLM')?.commands).toEqual([
    'mlc_llm chat HF://mlc-ai/Qwen3.5-0.8B-q4f32_1-MLC',
  ]);
  expect(nativeOf({ ...result, model: { ...model, variant: 'demo-q4f32_1' } })).toEqual([]);
});
