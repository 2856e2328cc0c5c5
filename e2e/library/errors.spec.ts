import { expect } from '@playwright/test';
import { distance, float, int, tokens } from './checks.ts';
import { demo, test } from './lab.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

const CONTEXT = 80;

test.describe('wrong use is an error with a sentence', () => {
  test.beforeAll(async ({ lab }) => lab.load(demo, { context_window_size: CONTEXT }));

  test('a full KV cache', async ({ lab }) => {
    await lab.fresh(tokens(64, 2048));
    for (const id of tokens(CONTEXT - 64, 2048)) await lab.call('logits', [id]);
    const full = 'The KV cache is full: 80 of 80 tokens are stored, 1 more do not fit';
    await expect(lab.call('logits', [5])).rejects.toThrow(full);
    await expect(lab.call('logits', [5])).rejects.toThrow(full);
    await lab.call('reset');
    await expect(lab.call('logits', tokens(CONTEXT + 1, 2048))).rejects.toThrow(
      'The KV cache is full: 64 of 80',
    );
  });

  test('a forward that was not announced, or otherwise', async ({ lab }) => {
    await lab.call('reset');
    await expect(lab.call('misuse', 0, null, [1, 4, 256])).rejects.toThrow(
      'A forward needs begin_forward first',
    );
    await expect(lab.call('misuse', 3, 4, [1, 4, 256])).rejects.toThrow('The KV cache has no sequence 3');
    await expect(lab.call('misuse', 0, 5, [1, 4, 256])).rejects.toThrow('announced 5 tokens, but 4 came');
    await expect(lab.call('misuse', 0, 65, [1, 4, 256])).rejects.toThrow(
      'A forward takes 1 to 64 tokens, not 65',
    );
  });

  test('tensors of the wrong shape or type', async ({ lab }) => {
    await lab.call('reset');
    await expect(lab.call('misuse', 0, 4, [1, 4, 250])).rejects.toThrow(
      'prefill, embeddings: the shape must be',
    );
    await expect(lab.call('misuse', 0, 4, [4, 256])).rejects.toThrow(
      'prefill, embeddings: the shape must be',
    );
    const run = (name: string, ...inputs: Parameters<typeof lab.call<'run'>>[2]): Promise<unknown> =>
      lab.call('run', name, inputs);
    await expect(run('argsort_probs', float([1, 2]))).rejects.toThrow('2 elements, expected 2048');
    await expect(run('argsort_probs', int(tokens(2048, 9)))).rejects.toThrow('wrong element type');
    await expect(run('argsort_probs')).rejects.toThrow('argsort_probs takes 1 tensor');
  });

  test('and the next forward is as good as ever', async ({ lab }) => {
    const ids = tokens(40, 2048);
    const before = await lab.fresh(ids);
    await expect(lab.call('misuse', 0, 5, [1, 4, 256])).rejects.toThrow('announced');
    expect(distance(await lab.fresh(ids), before)).toBe(0);
  });

  test('a sliding window is refused at load', async ({ lab }) => {
    const options = { context_window_size: -1, sliding_window_size: 64, attention_sink_size: 0 };
    await expect(lab.load(demo, options)).rejects.toThrow('This library has no sliding window');
  });
});
