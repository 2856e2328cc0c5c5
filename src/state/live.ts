import { computed, signal } from '@preact/signals';
import { cut } from './blocks.ts';
import { takeApart } from './thought.ts';

/**
 * The answer that is being generated. Text arrives in batches from the worker; the signals change at most once per
 * frame, and a finished block is never touched again.
 */
export interface LiveText {
  /** Thinking so far; null when there is none. */
  thought: string | null;
  thinking: boolean;
  /** Finished blocks, as source text. */
  done: readonly string[];
  /** The block that still grows. */
  open: string;
}

/** Figures while an answer is generated, from the page's own clock. Null: not known yet. */
export interface LiveSpeed {
  ttftMs: number | null;
  decodeTps: number | null;
  tokens: number;
}

/** A rate from less than this would jump about. */
const LEAST_SPAN_MS = 200;

const EMPTY: LiveText = { thought: null, thinking: false, done: [], open: '' };

/** Null when nothing is being generated. */
export const liveText = signal<LiveText | null>(null);
export const liveSpeed = signal<LiveSpeed | null>(null);
export const isGenerating = computed(() => liveText.value !== null);

interface Feed {
  /** What came so far; what is kept if the answer breaks off. */
  readonly text: () => string;
  onText(delta: string, tokens: number): void;
  end(): void;
}

/** Start showing an answer. */
export function startLive(): Feed {
  const startMs = performance.now();
  let text = '';
  let first: { ms: number; tokens: number } | null = null;
  let latest: { ms: number; tokens: number } | null = null;
  let frame = 0;
  liveText.value = EMPTY;
  liveSpeed.value = { ttftMs: null, decodeTps: null, tokens: 0 };
  return { text: () => text, onText, end };

  function onText(delta: string, tokens: number): void {
    text += delta;
    latest = { ms: performance.now(), tokens };
    first ??= latest;
    frame ||= requestAnimationFrame(show);
  }

  function show(): void {
    frame = 0;
    liveText.value = shape(text, liveText.value ?? EMPTY);
    if (first && latest) {
      const spanMs = latest.ms - first.ms;
      const rate = spanMs < LEAST_SPAN_MS ? null : (1000 * (latest.tokens - first.tokens)) / spanMs;
      liveSpeed.value = { ttftMs: first.ms - startMs, decodeTps: rate, tokens: latest.tokens };
    }
  }

  function end(): void {
    cancelAnimationFrame(frame);
    liveText.value = null;
    liveSpeed.value = null;
  }
}

/** Text as blocks. Finished blocks keep their place, so what was shown before is recognised by its number. */
function shape(text: string, before: LiveText): LiveText {
  const { thought, thinking, answer } = takeApart(text);
  const { done, open } = cut(answer);
  return { thought, thinking, open, done: done.length === before.done.length ? before.done : done };
}
