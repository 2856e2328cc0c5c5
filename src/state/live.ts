import { computed, signal } from '@preact/signals';
import { cut } from './blocks.ts';
import type { ThoughtCost } from './conversation.ts';
import { takeApart } from './thought.ts';

/**
 * The answer that is being generated. Text arrives in batches from the worker; the signals change a few
 * times a second, and a finished block is never touched again.
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
/**
 * Drawing takes time of the GPU that decodes (and on a software adapter, of its processors), so text is drawn about 15
 * times a second, as smooth as reading needs, and figures four times, as fast as they can be read.
 */
const DRAW_MS = 66;
const FIGURES_MS = 250;

const EMPTY: LiveText = { thought: null, thinking: false, done: [], open: '' };

/** Null when nothing is being generated. */
export const liveText = signal<LiveText | null>(null);
export const liveSpeed = signal<LiveSpeed | null>(null);
/** What thinking has taken so far, or took; null before it. */
export const liveThought = signal<ThoughtCost | null>(null);
export const isGenerating = computed(() => liveText.value !== null);
export const isThinking = computed(() => liveText.value?.thinking === true);

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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnMs = -Infinity;
  let figuresMs = -Infinity;
  liveText.value = EMPTY;
  liveSpeed.value = { ttftMs: null, decodeTps: null, tokens: 0 };
  return { text: () => text, onText, end };

  function onText(delta: string, tokens: number): void {
    text += delta;
    latest = { ms: performance.now(), tokens };
    first ??= latest;
    timer ??= setTimeout(show, drawnMs + DRAW_MS - latest.ms);
  }

  function show(): void {
    timer = undefined;
    drawnMs = performance.now();
    const before = liveText.value ?? EMPTY;
    liveText.value = shape(text, before);
    if (!first || !latest) return;
    const spanMs = latest.ms - first.ms;
    const isDue = drawnMs - figuresMs >= FIGURES_MS;
    const { thinking } = liveText.value;
    if (thinking ? isDue : before.thinking) liveThought.value = { ms: spanMs, tokens: latest.tokens };
    if (!isDue) return;
    figuresMs = drawnMs;
    const rate = spanMs < LEAST_SPAN_MS ? null : (1000 * (latest.tokens - first.tokens)) / spanMs;
    liveSpeed.value = { ttftMs: first.ms - startMs, decodeTps: rate, tokens: latest.tokens };
  }

  function end(): void {
    clearTimeout(timer);
    liveText.value = null;
    liveSpeed.value = null;
    liveThought.value = null;
  }
}

/** Text as blocks. Finished blocks keep their place, so what was shown before is recognised by its number. */
function shape(text: string, before: LiveText): LiveText {
  const { thought, thinking, answer } = takeApart(text);
  const { done, open } = cut(answer);
  return { thought, thinking, open, done: done.length === before.done.length ? before.done : done };
}
