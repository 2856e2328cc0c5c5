import { afterEach, expect, test, vi } from 'vitest';
import { createWeights } from './client.ts';

/** A worker that never answers. */
class Mute extends EventTarget {
  terminated = false;
  postMessage(): void {}
  terminate(): void {
    this.terminated = true;
  }
}

afterEach(() => void vi.unstubAllGlobals());

test('a call does not outlive the worker, and the next call starts another one', async () => {
  const { weights, workers } = muted();
  const first = weights.list();
  const second = weights.ready('demo');
  expect(workers).toHaveLength(1);
  workers[0]?.dispatchEvent(new Event('error'));
  await expect(first).rejects.toMatchObject({ code: 'worker-died', hint: /stored is safe/ });
  await expect(second).rejects.toMatchObject({ code: 'worker-died' });
  expect(workers[0]?.terminated).toBe(true);
  const third = weights.list();
  expect(workers).toHaveLength(2);
  workers[1]?.dispatchEvent(new Event('messageerror'));
  await expect(third).rejects.toMatchObject({ code: 'worker-died' });
});

test('a worker that lost its service worker is not asked again, because it has no network any more', () => {
  const serviceWorker: { controller: object | null } = { controller: null };
  vi.stubGlobal('navigator', { serviceWorker });
  const { weights, workers } = muted();
  void weights.list();
  serviceWorker.controller = {};
  void weights.list();
  expect(workers).toHaveLength(1);
  serviceWorker.controller = null;
  void weights.list();
  void weights.list();
  expect(workers).toHaveLength(2);
});

function muted() {
  const workers: Mute[] = [];
  const weights = createWeights({
    worker: () => {
      const worker = new Mute();
      workers.push(worker);
      return worker as unknown as Worker;
    },
  });
  return { weights, workers };
}
