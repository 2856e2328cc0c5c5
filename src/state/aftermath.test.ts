import { beforeEach, expect, test, vi } from 'vitest';
import { SCRIPTED_ADAPTER } from '../engine/scripted.ts';
import type { RiskyStep } from './crash.ts';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('document', { baseURI: 'https://app.example/' });
});

async function told(step: RiskyStep, variant: string, modelName: string) {
  const { script } = await import('./scripted.ts');
  const seen = script();
  const { gpu } = await import('./gpu.ts');
  gpu.value = {
    state: 'ready',
    usable: true,
    notes: [],
    adapter: {
      ...SCRIPTED_ADAPTER,
      features: ['shader-f16'],
      maxBufferBytes: 2 ** 31,
      maxBindingBytes: 2 ** 31,
    },
    deviceMemoryGb: 8,
    timerStepMs: 0.1,
  };
  (await import('./aftermath.ts')).tellCrash({ step, variant, modelName, atMs: 0 });
  const notice = (await import('./notices.ts')).notices.value.at(-1)!;
  const { session } = await import('./session.ts');
  return { text: notice.text, button: notice.action?.label ?? null, downloads: seen.downloads, session };
}

test('a model that was too big is named, with the step, and a smaller one is offered; nothing starts by itself', async () => {
  const { session, downloads, ...notice } = await told('shaders', 'Qwen3.5-4B-q4f16_1-MLC', 'Qwen 3.5 4B');
  expect(notice).toEqual({
    text: 'Stopped while compiling shaders for Qwen 3.5 4B: it may be too big here.',
    button: 'Try Qwen 3.5 2B',
  });
  expect(session.value).toBe('absent');
  expect(downloads).toEqual([]);
});

test('a download that was cut short is no sign of a model too big', async () => {
  const notice = await told('download', 'Qwen3.5-4B-q4f16_1-MLC', 'Qwen 3.5 4B');
  expect(notice.text).toBe('Stopped while downloading Qwen 3.5 4B. What has arrived is kept.');
  expect(notice.button).toBe('Continue');
});

test('for a model that the catalogue does not know, nothing smaller is made up', async () => {
  expect(await told('prefill', 'mine', 'Mine')).toMatchObject({
    text: 'Stopped while Mine read its first question: it may be too big here.',
    button: null,
  });
});
