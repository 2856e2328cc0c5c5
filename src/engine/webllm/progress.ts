import type { Loaded, LoadPhase, LoadProgress } from '../engine.ts';

/** What web-llm reports of a load: a fraction that runs from 0 to 1 several times, and prose. */
export interface EngineReport {
  progress: number;
  text: string;
}

/** The beginnings of web-llm's sentences. Fetching never happens: everything is stored before it is asked. */
const PHASES: [string, LoadPhase][] = [
  ['Start to fetch params', 'openStore'],
  ['Fetching param cache', 'openStore'],
  ['Loading model from cache', 'openStore'],
  ['Loading GPU shader modules', 'shaders'],
  ['Finish loading', 'shaders'],
];

/** Turns web-llm's reports into phases with a fraction of their own, and keeps the time of each. */
export class LoadClock {
  readonly #onProgress: (progress: LoadProgress) => void;
  readonly #now: () => number;
  readonly #beganMs: number;
  #storeBeganMs: number | null = null;
  #storeEndedMs: number | null = null;
  #waitedMs: number | null = null;

  constructor(onProgress: (progress: LoadProgress) => void, now: () => number = () => performance.now()) {
    this.#onProgress = onProgress;
    this.#now = now;
    this.#beganMs = now();
    onProgress({ phase: 'starting', fraction: null });
  }

  report({ progress, text }: EngineReport): void {
    const phase = PHASES.find(([opening]) => text.startsWith(opening))?.[1];
    if (!phase) return;
    if (phase === 'openStore') {
      this.#storeBeganMs ??= this.#now();
      this.#storeEndedMs = this.#now();
    }
    this.#onProgress({
      phase,
      fraction: Number.isFinite(progress) ? Math.min(1, Math.max(0, progress)) : null,
    });
  }

  /** A file was read that long from the store. Those before the weights belong to no phase of their own. */
  waited(ms: number): void {
    if (this.#storeBeganMs !== null) this.#waitedMs = (this.#waitedMs ?? 0) + ms;
  }

  /** Milliseconds by part. `shaders` is all that comes after the weights: KV cache, shaders and pipelines. */
  finish(importMs: number): Loaded['loadMs'] {
    const endMs = this.#now();
    const [began, ended, waited] = [this.#storeBeganMs, this.#storeEndedMs, this.#waitedMs];
    const openStore = began !== null && ended !== null ? ended - began : null;
    return {
      total: endMs - this.#beganMs,
      importEngine: importMs,
      openStore,
      upload: openStore !== null && waited !== null ? Math.max(0, openStore - waited) : null,
      shaders: ended !== null ? endMs - ended : null,
    };
  }
}
