import type { Engine, Generation } from '../../../src/engine/engine.ts';
import type { Entry } from './log.ts';

/** One generation as it was seen beside the app: by the script in the worker, and on the page around the app's own clock. */
export interface Seen {
  entries: Entry[];
  page: { askedMs: number; firstTextMs: number | null; lastTextMs: number | null; doneMs: number };
}

/** Ways to stamp wrongly: everything 3 % late; or as if n tokens had come in the time of n - 1 gaps. */
export type Lie = 'late' | 'one-too-many';

interface Beside {
  takeNotes(): Promise<Entry[]>;
  see(seen: Seen): void;
  lie?: Lie | undefined;
}

/** The same engine, with somebody looking on. */
export function watch(engine: Engine, { takeNotes, see, lie }: Beside): Engine {
  return {
    load: (variant, options) => engine.load(variant, options),
    reset: () => engine.reset(),
    unload: () => engine.unload(),
    describe: () => engine.describe(),
    async generate(request, options) {
      await takeNotes();
      let firstTextMs: number | null = null;
      let lastTextMs: number | null = null;
      const onText = () => {
        lastTextMs = performance.now();
        firstTextMs ??= lastTextMs;
      };
      const askedMs = performance.now();
      const generation = await engine.generate(request, { ...options, onText });
      const doneMs = performance.now();
      see({ entries: await takeNotes(), page: { askedMs, firstTextMs, lastTextMs, doneMs } });
      return lie ? falsify(generation, lie) : generation;
    },
  };
}

function falsify(generation: Generation, lie: Lie): Generation {
  const { sentMs, tokensMs, endMs, everyToken } = generation.worker;
  const first = tokensMs[0]!;
  const count = tokensMs.length;
  const moved =
    lie === 'late'
      ? tokensMs.map((ms) => sentMs + 1.03 * (ms - sentMs))
      : tokensMs.map((ms) => first + ((ms - first) * (count - 1)) / count);
  return {
    ...generation,
    worker: { sentMs, tokensMs: moved, everyToken, endMs: Math.max(endMs, moved.at(-1)!) },
  };
}
