import { expect, test } from 'vitest';
import { nativeTools } from './native.ts';
import { parsePlan } from './plan.ts';

const MODEL = { name: 'Qwen 3.5 0.8B', mlc: 'Qwen3.5-0.8B-q4f16_1-MLC' };

test('llama-bench gets the counts of the plan, one command for each depth', () => {
  const plan = parsePlan('pp128_pp512_tg128_tg128-d2048_chat64_w1_r5-10')!;
  const own = nativeTools(plan, MODEL).find(({ tool }) => tool === 'llama.cpp');
  expect(own?.commands).toEqual([
    'llama-bench -m MODEL.gguf -p 128,512 -n 128 -d 0 -r 10',
    'llama-bench -m MODEL.gguf -p 0 -n 128 -d 2048 -r 10',
  ]);
});

test('MLC is named only where it has these weights, and a chat has no llama-bench command', () => {
  const plan = parsePlan('chat64_w1_r5-10')!;
  expect(nativeTools(plan, MODEL).map(({ tool }) => tool)).toEqual(['MLC LLM', 'Ollama']);
  expect(nativeTools(plan, { ...MODEL, mlc: null }).map(({ tool }) => tool)).toEqual(['Ollama']);
});
