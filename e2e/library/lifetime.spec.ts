import { expect } from '@playwright/test';
import { distance, tokens } from './checks.ts';
import { demo, test } from './lab.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

test.describe('what is taken is given back', () => {
  test.beforeAll(async ({ lab }) => lab.load(demo));

  test('tokens leave nothing behind, in this memory or the GPU', async ({ lab }) => {
    const work = async (): Promise<void> => {
      await lab.call('reset');
      await lab.call('generate', tokens(70, 2048), 60);
    };
    await work();
    const before = await lab.call('memory');
    await work();
    await work();
    expect(await lab.call('memory')).toEqual(before);
  });

  test('the model can be loaded again and again', async ({ lab }) => {
    const ids = tokens(20, 2048);
    const first = await lab.fresh(ids);
    for (let i = 0; i < 3; i++) {
      await lab.call('unload');
      await lab.call('load', demo.model, demo.library, { temperature: 0 });
      expect(distance(await lab.fresh(ids), first)).toBe(0);
    }
  });
});
