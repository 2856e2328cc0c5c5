// oxlint-disable-next-line import/no-unassigned-import -- the policy for script URLs takes effect by being there
import '../../../src/trust.ts';
import { selfConsistency } from '../../../src/bench/consistency.ts';
import { findings, type Finding } from '../../../src/bench/findings.ts';
import { parsePlan } from '../../../src/bench/plan.ts';
import { refusal } from '../../../src/bench/refusal.ts';
import type { Reason, Result } from '../../../src/bench/result.ts';
import { run, type Observer } from '../../../src/bench/run.ts';
import { MODEL, PLACE } from '../../../src/bench/samples.ts';
import { summarize, type Summary } from '../../../src/bench/summary.ts';
import { createEngine } from '../../../src/engine/client.ts';
import type { Engine, Variant } from '../../../src/engine/engine.ts';
import { measureTimerStep } from '../../../src/gpu/timer.ts';
import { CHANNEL, slowness, type Answer, type Entry, type Question } from './log.ts';
import type { Script } from './script.ts';
import { watch, type Lie, type Seen } from './witness.ts';

/** What to measure, with what engine. */
export interface Order {
  /** As in the app's address. */
  plan: string;
  script: Script;
  /** The engine's stamps are made wrong in this way before anybody sees them. */
  lie?: Lie;
  /** Check first that the engine agrees with itself. */
  check?: boolean;
}

/** What the app publishes, and what was seen by others. */
export interface Account {
  result: Result;
  summaries: Summary[];
  findings: Finding[];
  refusal: Reason | null;
  /** One for each run of a case, in order. */
  seen: (Seen & { case: string })[];
  /** Round trips of messages between page and worker while it was idle, in ms. */
  tripsMs: number[];
  timerStepMs: number;
}

/** How many times as long as it could be either thread takes for its work. */
export interface Slowness {
  page: number;
  worker: number;
}

declare global {
  interface Window {
    bench: {
      measure(order: Order): Promise<Account>;
      slowness(): Promise<Slowness>;
    };
  }
}

const TRIPS = 60;
/** Between trips, so that both threads have gone to sleep as they have in a run. */
const PAUSE_MS = 15;
const VARIANT: Variant = {
  id: 'scripted',
  quantization: 'q4f32_1',
  modelUrl: '',
  libUrl: '',
  sizeBytes: null,
  memoryBytes: null,
  bufferBytes: null,
  features: [],
  contextTokens: 4096,
};

const startWorker = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const aside = new BroadcastChannel(CHANNEL);

window.bench = {
  async measure({ plan, script, lie, check }) {
    const engine = createEngine({ createWorker: startWorker });
    await engine.load({ ...VARIANT, overrides: { script } });
    const tripsMs = await timeTrips(engine);
    const seen: Account['seen'] = [];
    let now = '';
    const see = (one: Seen) => void seen.push({ ...one, case: now });
    const observer: Observer = { runStarted: ({ name }) => void (now = name) };
    const watched = watch(engine, { takeNotes, lie, see });
    const timerStepMs = script.clockStepMs ?? measureTimerStep(() => performance.now()) ?? NaN;
    const result = await run(watched, parsePlan(plan)!, {
      model: MODEL,
      place: { ...PLACE, timerStepMs },
      startedUtc: new Date().toISOString(),
      observer,
      ...(check && { check: (asked, signal) => selfConsistency(asked, { signal }) }),
    });
    await engine.unload();
    const told = { summaries: summarize(result), findings: findings(result), refusal: refusal(result) };
    return { result, ...told, seen, tripsMs, timerStepMs };
  },

  async slowness() {
    const engine = createEngine({ createWorker: startWorker });
    await engine.load({ ...VARIANT, overrides: { script: {} } });
    const page = slowness();
    const worker = ((await askWorker('slowness')) as { slowness: number }).slowness;
    await engine.unload();
    return { page, worker };
  },
};

/** An empty job, there and back: it takes the way of every request, and the worker has nothing to do for it. */
async function timeTrips(engine: Engine): Promise<number[]> {
  const tripsMs: number[] = [];
  for (let trip = 0; trip < TRIPS; trip++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const start = performance.now();
    await engine.reset();
    tripsMs.push(performance.now() - start);
  }
  await takeNotes();
  return tripsMs;
}

async function takeNotes(): Promise<Entry[]> {
  return ((await askWorker('log')) as { entries: Entry[] }).entries;
}

function askWorker(question: Question): Promise<Answer> {
  return new Promise((resolve) => {
    aside.addEventListener('message', ({ data }: MessageEvent<Answer>) => resolve(data), { once: true });
    aside.postMessage(question);
  });
}
