import { EngineError, type Engine, type Generation, type Prompt } from '../engine/engine.ts';
import { expectedTokens, figures, headline, judge, reason, timings, type Timings } from './measure.ts';
import { CHAT_PROMPT, type Case, type Plan } from './plan.ts';
import { promptIds } from './random.ts';
import type { CaseResult, Reason, Run } from './result.ts';
import type { RunOptions } from './run.ts';
import { spread } from './stats.ts';

/** Invalid timed runs after which a case is given up. */
const MOST_INVALID = 3;
/** After these the model is gone. web-llm destroys its device when memory runs out. */
const FATAL: readonly string[] = [
  'device-lost',
  'out-of-memory',
  'engine-crashed',
  'worker-died',
  'not-loaded',
];

/** Warm up a case in its full shape, then run it until there are enough valid runs, or it must be given up. */
export function repeat(engine: Engine, plan: Plan, c: Case, options: RunOptions): Promise<CaseResult> {
  return new Repeater(engine, plan, c, options).repeat();
}

/** Whether an error means that the model is gone, so that every further call would fail alike. */
export function isFatal(why: Reason | null): boolean {
  return why !== null && FATAL.includes(why.code);
}

class Repeater {
  private readonly runs: Run[] = [];
  private stopped: Reason | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly plan: Plan,
    private readonly c: Case,
    private readonly options: RunOptions,
  ) {}

  async repeat(): Promise<CaseResult> {
    for (let number = 1; number <= this.plan.warmups && !this.stopped; number++)
      await this.once(true, number);
    for (let number = 1; !this.isDone(); number++) await this.once(false, number);
    return { case: this.c, runs: this.runs, stopped: this.stopped, gapCounts: null };
  }

  private isDone(): boolean {
    if (this.stopped) return true;
    const timed = this.runs.filter((r) => !r.warmup);
    const invalid = timed.filter((r) => r.invalid);
    if (invalid.length >= MOST_INVALID) this.stopped = invalid.at(-1)!.invalid;
    return this.stopped !== null || isEnough(this.plan, this.c, timed);
  }

  private async once(warmup: boolean, number: number): Promise<void> {
    const { observer, signal } = this.options;
    if (signal?.aborted) return this.stop(ABORTED);
    const most = warmup ? this.plan.warmups : this.plan.maxRuns;
    observer?.runStarted?.(this.c, { warmup, number, most });
    const made = await this.record(warmup, warmup ? -number : number);
    if (made.invalid && signal?.aborted) return this.stop(ABORTED);
    this.runs.push(made);
    observer?.runFinished?.(this.c, made);
    if (isFatal(made.invalid)) this.stop(made.invalid!);
  }

  private stop(why: Reason): void {
    this.stopped = why;
  }

  private async record(warmup: boolean, seed: number): Promise<Run> {
    this.options.watch?.begin();
    let found: Timings;
    let invalid: Reason | null;
    try {
      found = timings(await this.generate(seed));
      invalid = judge(found, this.c);
    } catch (error) {
      found = NOTHING;
      invalid = failure(error);
    }
    const disturbed = this.options.watch?.end() ?? null;
    return { warmup, ...found, invalid: invalid ?? (disturbed && DISTURBED[disturbed]) };
  }

  /** One run on an emptied KV cache. What fills a `pp` case's depth is not timed; `tg` generates from its depth on. */
  private async generate(seed: number): Promise<Generation> {
    const { kind, depth } = this.c;
    await this.engine.reset();
    const { prompt, completion } = expectedTokens(this.c);
    if (kind === 'chat') return this.ask({ messages: CHAT_PROMPT }, completion);
    const filled = kind === 'pp' ? depth : 0;
    const loaded = this.engine.describe();
    if (!loaded) throw new EngineError('not-loaded', 'The model is gone.', 'Load it again.');
    const ids = promptIds(filled + prompt!, loaded.vocabularySize, seed);
    const past = filled > 0 ? { past: ids.slice(0, filled) } : {};
    return this.ask({ tokens: ids.slice(filled), ...past }, completion);
  }

  private ask(prompt: Prompt, maxTokens: number): Promise<Generation> {
    const request = { prompt, maxTokens, temperature: 0, topP: 1, seed: 0, ignoreEos: true };
    return this.engine.generate(request, { signal: this.options.signal });
  }
}

const NOTHING: Timings = {
  promptTokens: null,
  completionTokens: null,
  worker: null,
  page: null,
  usage: null,
  thought: null,
};

const ABORTED = reason('aborted', 'Ended early by the user.');

const DISTURBED = {
  hidden: reason('hidden', 'The page was not visible during this run.'),
  stalled: reason('stalled', 'The page stood still for a while during this run.'),
};

/** An engine's error as a row's reason. */
function failure(error: unknown): Reason {
  if (error instanceof EngineError) return reason(error.code, error.message);
  return reason('unknown', `The run failed: ${String(error).slice(0, 200)}`);
}

/** Whether the valid runs reach the plan's precision, or its most runs. */
function isEnough(plan: Plan, c: Case, timed: Run[]): boolean {
  const values = timed.filter((r) => !r.invalid).flatMap((r) => headline(c, figures(r)) ?? []);
  if (values.length < plan.minRuns) return false;
  if (values.length >= plan.maxRuns) return true;
  const width = spread(values);
  return width !== null && width <= plan.precision;
}
