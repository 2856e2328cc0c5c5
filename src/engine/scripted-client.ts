import { createEngine, type EngineClient } from './client.ts';
import type { Clock } from './clock.ts';
import type { EngineError, GenerateRequest, Variant } from './engine.ts';
import { ScriptedHost, scriptedWorker, type Script } from './scripted.ts';

export const VARIANT: Variant = {
  id: 'tiny',
  quantization: 'q4f32_1',
  modelUrl: 'https://models.example/tiny/',
  libUrl: 'https://models.example/tiny.wasm',
  sizeBytes: 1,
  memoryBytes: 1,
  bufferBytes: null,
  features: [],
  contextTokens: 128,
};
export const HELLO: GenerateRequest = {
  prompt: { text: 'Hello' },
  maxTokens: 8,
  temperature: 0,
  topP: null,
  seed: null,
  ignoreEos: false,
};

/** A clock that stands still until it is told to move. */
class ManualClock implements Clock {
  #ms = 0;
  #timers = new Set<{ ms: number; dueMs: number; call: () => void }>();

  now() {
    return this.#ms;
  }

  every(ms: number, call: () => void) {
    const timer = { ms, dueMs: this.#ms + ms, call };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  async pass(ms: number) {
    for (const endMs = this.#ms + ms; this.#ms < endMs;) {
      this.#ms += 1_000;
      for (const timer of [...this.#timers].filter(({ dueMs }) => dueMs <= this.#ms)) {
        timer.dueMs += timer.ms;
        timer.call();
      }
      await settle();
    }
  }

  /** As after a sleep of the machine: all the time at once. */
  async jump(ms: number) {
    this.#ms += ms - 1_000;
    await this.pass(1_000);
  }
}

/** Lets messages that are under way arrive. */
export async function settle() {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}

const made: EngineClient[] = [];

/** After each test: no heartbeat goes on. */
export async function unloadAll(): Promise<void> {
  for (const engine of made.splice(0)) await engine.unload().catch(() => {});
}

/** An engine over one host, with the browser's clock. */
export function startOver(host: ScriptedHost): EngineClient {
  const engine = createEngine({ createWorker: () => scriptedWorker(host) });
  made.push(engine);
  return engine;
}

/** An engine over scripted workers: one after the other follows the next script, the last one for good. */
export function start(...scripts: Script[]) {
  const workers: ReturnType<typeof scriptedWorker>[] = [];
  const deaths: EngineError[] = [];
  const clock = new ManualClock();
  const engine = createEngine({
    clock,
    onDeath: (error) => deaths.push(error),
    createWorker: () => {
      const script = scripts[Math.min(workers.length, scripts.length - 1)] ?? {};
      const worker = scriptedWorker(new ScriptedHost(script));
      workers.push(worker);
      return worker;
    },
  });
  made.push(engine);
  return { engine, workers, deaths, clock };
}
