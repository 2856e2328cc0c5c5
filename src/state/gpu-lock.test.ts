import { beforeEach, expect, test, vi } from 'vitest';

/** Locks and channels as the tabs of one browser share them. */
class Browser {
  readonly held = new Map<string, () => void>();
  readonly #waiting: { name: string; run: () => void }[] = [];
  readonly #listeners = new Set<(event: { data: unknown }) => void>();

  readonly locks = {
    query: async () => ({ held: [...this.held.keys()].map((name) => ({ name })) }),
    request: (name: string, ...rest: unknown[]) => this.#request(name, rest.at(-1) as () => Promise<unknown>),
  };

  /** A channel hears what the others post. */
  channel() {
    const listeners = this.#listeners;
    let own: ((event: { data: unknown }) => void) | null = null;
    return {
      addEventListener: (_: string, listener: (event: { data: unknown }) => void) =>
        listeners.add((own = listener)),
      postMessage: (data: unknown) => {
        for (const listener of listeners) if (listener !== own) queueMicrotask(() => listener({ data }));
      },
      close: () => own && listeners.delete(own),
    };
  }

  async #request(name: string, work: () => Promise<unknown>): Promise<unknown> {
    while (this.held.has(name)) await new Promise<void>((run) => this.#waiting.push({ name, run }));
    this.held.set(name, () => undefined);
    try {
      return await work();
    } finally {
      this.held.delete(name);
      for (const one of this.#waiting.splice(0)) one.run();
    }
  }
}

let browser: Browser;

beforeEach(() => {
  browser = new Browser();
  vi.stubGlobal('navigator', { locks: browser.locks });
  vi.stubGlobal('BroadcastChannel', function channel() {
    return browser.channel();
  });
});

async function tab() {
  vi.resetModules();
  return import('./gpu-lock.ts');
}

test('alone, a tab may load at once; its own model is no rival', async () => {
  const only = await tab();
  only.showOnGpu('Tiny');
  expect(await only.mayUseGpu()).toBe(true);
  expect(only.rival.value).toBeNull();
});

test('a second tab is told, and loads when the first has left on request', async () => {
  const first = await tab();
  first.showOnGpu('Qwen 3.5: 2B');
  first.answerTabs(async () => {
    first.showOnGpu(null);
    return true;
  });
  const second = await tab();
  const may = second.mayUseGpu();
  await vi.waitFor(() =>
    expect(second.rival.value).toMatchObject({ modelName: 'Qwen 3.5: 2B', state: 'idle' }),
  );
  void second.takeOver();
  expect(second.rival.value?.state).toBe('asked');
  expect(await may).toBe(true);
  expect(second.rival.value).toBeNull();
});

test('a busy tab says so, and the visitor decides', async () => {
  const first = await tab();
  first.showOnGpu('Tiny');
  first.answerTabs(async () => false);
  const second = await tab();
  const may = second.mayUseGpu();
  await vi.waitFor(() => expect(second.rival.value).not.toBeNull());
  await second.takeOver();
  expect(second.rival.value?.state).toBe('busy');
  second.stayAway();
  expect(await may).toBe(false);
  const again = second.mayUseGpu();
  await vi.waitFor(() => expect(second.rival.value).not.toBeNull());
  second.loadAnyway();
  expect(await again).toBe(true);
});

test('a tab that does not answer is said to be silent', async () => {
  vi.useFakeTimers();
  const first = await tab();
  first.showOnGpu('Tiny');
  const second = await tab();
  void second.mayUseGpu();
  await vi.waitFor(() => expect(second.rival.value).not.toBeNull());
  const asked = second.takeOver();
  await vi.advanceTimersByTimeAsync(5000);
  await asked;
  expect(second.rival.value?.state).toBe('silent');
  vi.useRealTimers();
});

test('without locks in the browser, nobody is asked', async () => {
  vi.stubGlobal('navigator', {});
  const only = await tab();
  only.showOnGpu('Tiny');
  expect(await only.mayUseGpu()).toBe(true);
});
