import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { DEMO, demo, test } from './lab.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

interface Golden {
  cases: {
    name: string;
    messages: { role: 'user' | 'assistant' | 'system'; content: string }[];
    promptTokens: number[];
    outputTokens: number[];
    finish: 'stop' | 'length';
    text: string;
  }[];
}

test.describe('the golden answers', () => {
  let golden: Golden;
  test.beforeAll(async ({ lab }) => {
    golden = JSON.parse(await readFile(join(DEMO, 'golden.json'), 'utf8')) as Golden;
    await lab.load(demo);
  });

  test('every token is reproduced', async ({ lab }) => {
    for (const { name, promptTokens, outputTokens } of golden.cases) {
      await lab.call('reset');
      expect(await lab.call('generate', promptTokens, outputTokens.length), name).toEqual(outputTokens);
    }
  });

  test('the text is reproduced through the chat', async ({ lab }) => {
    for (const { name, messages, text, outputTokens } of golden.cases.slice(0, 3)) {
      await lab.call('reset');
      const reply = await lab.call('chat', { messages, temperature: 0, max_tokens: outputTokens.length });
      expect(reply.choices[0]?.message.content, name).toBe(text);
    }
  });
});
