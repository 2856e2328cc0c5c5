import { expect } from '@playwright/test';
import { samplingFailures } from './checks.ts';
import { demo, test } from './lab.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

const VOCAB = 2048;
const messages = [{ role: 'user' as const, content: 'Hello!' }];

test.describe('from logits to a token', () => {
  test.beforeAll(async ({ lab }) => lab.load(demo));

  test('penalties, bias, mask, softmax, sort and top-p agree with the reference', async ({ lab }) => {
    expect(await samplingFailures(lab, VOCAB)).toEqual([]);
  });

  test('a token that is no number is not sampled', async ({ lab }) => {
    await lab.call('reset');
    await expect(lab.call('logits', [VOCAB + 5])).rejects.toThrow('failed to sample a valid token');
  });

  test('a logit bias forces a token, a grammar forces JSON', async ({ lab }) => {
    const biased = await lab.call('chat', {
      messages,
      max_tokens: 4,
      logprobs: true,
      top_logprobs: 1,
      logit_bias: { 1000: 100 },
    });
    const tokens = biased.choices[0]?.logprobs?.content?.map(({ token }) => token) ?? [];
    expect(new Set(tokens).size).toBe(1);
    expect(tokens).toHaveLength(4);
    const grammar = String.raw`root ::= "{\"sunny\": " ("true" | "false") "}"`;
    const reply = await lab.call('chat', {
      messages,
      max_tokens: 60,
      response_format: { type: 'grammar', grammar },
    });
    expect(typeof JSON.parse(reply.choices[0]?.message.content ?? '').sunny).toBe('boolean');
  });

  test('the same seed gives the same text', async ({ lab }) => {
    const text = async (seed: number): Promise<string | null | undefined> => {
      await lab.call('reset');
      const reply = await lab.call('chat', { messages, max_tokens: 24, temperature: 1.5, top_p: 0.95, seed });
      return reply.choices[0]?.message.content;
    };
    const first = await text(7);
    expect(await text(7)).toBe(first);
    expect(await text(8)).not.toBe(first);
  });
});
