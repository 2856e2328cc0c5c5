import { signal, type ReadonlySignal } from '@preact/signals';

export type ReplayState = 'waiting' | 'playing' | 'paused' | 'done';

/** A clock that lanes are drawn by, once per frame. Hidden pages get no frames, so it pauses there. */
export interface Replaying {
  state: ReadonlySignal<ReplayState>;
  /** Start, pause or go on; from the end, start again. */
  toggle: () => void;
  restart: () => void;
  /** How long the slowest lane takes, ms. */
  until: (endMs: number) => void;
  /** Draw at the time it is now and in every frame that follows. @returns what ends it */
  follow: (draw: (atMs: number) => void) => () => void;
  /** No frame follows. */
  stop: () => void;
}

export function createReplaying(): Replaying {
  const state = signal<ReplayState>('waiting');
  const draws = new Set<(atMs: number) => void>();
  let atMs = 0;
  let endMs = 0;
  let frame = 0;
  let lastMs = 0;

  function draw(): void {
    for (const one of draws) one(atMs);
  }

  function step(nowMs: number): void {
    atMs = Math.min(endMs, atMs + Math.max(0, nowMs - lastMs));
    lastMs = nowMs;
    draw();
    if (atMs >= endMs) state.value = 'done';
    else frame = requestAnimationFrame(step);
  }

  function play(): void {
    if (state.value === 'done') atMs = 0;
    state.value = 'playing';
    lastMs = performance.now();
    frame = requestAnimationFrame(step);
  }

  function pause(): void {
    cancelAnimationFrame(frame);
    if (state.value === 'playing') state.value = 'paused';
  }

  function pauseHidden(): void {
    if (document.hidden) pause();
  }
  document.addEventListener('visibilitychange', pauseHidden);

  return {
    state,
    toggle: () => (state.value === 'playing' ? pause() : play()),
    restart: () => {
      pause();
      atMs = 0;
      play();
    },
    until: (ms) => {
      endMs = ms;
      if (state.value === 'done' && atMs < endMs) state.value = 'paused';
    },
    follow: (one) => {
      draws.add(one);
      one(atMs);
      return () => draws.delete(one);
    },
    stop: () => {
      pause();
      document.removeEventListener('visibilitychange', pauseHidden);
    },
  };
}
