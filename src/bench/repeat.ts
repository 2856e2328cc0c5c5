import {
  EngineError,
  type Engine,
  type GenerateRequest,
  type Generation,
  type Prompt,
} from '../engine/engine.ts';
import { expectedTokens, figures, headline, judge, reason, timings, type Timings } from './measure.ts';
import { CHAT_PROMPT, THINK_PROMPT, type Case, type Plan } from './plan.ts';
import { promptIds } from './random.ts';
import { isFatal, type Revive } from './recovery.ts';
import type { CaseResult, Reason, Run } from './result.ts';
import type { RunOptions } from './run.ts';
import { patienceMs, stallOf } from './stall.ts';
import { spread } from './stats.ts';
import { warmupTokens } from './thinking.ts';

/** Invalid timed runs after which a case is given up. */
const MOST_INVALID = 3;
/** Losses of the model in one case after which it is given up. */
const MOST_LOSSES = 2;

/** What all cases of a plan share. */
export interface Setting {
  engine: Engine;
  plan: Plan;
  options: RunOptions;
  revive: Revive;
  /** How often the model was brought back in this plan: it is warmed up anew then. */
  revivals: () => number;
}

/** One case on its way: run by run it is warmed up, then timed until there is enough, or it is given up. */
export class Repeater {
  private readonly runs: Run[] = [];
  private stopped: Reason | null = null;
  /** Warm-ups since the model was loaded or brought back. */
  private warmed = 0;
  /** `revivals` at the last warm-up. */
  private warmedFor = 0;
  private timed = 0;
  private losses = 0;

  constructor(
    readonly c: Case,
    private readonly setting: Setting,
  ) {}

  result(): CaseResult {
    return { case: this.c, runs: this.runs, stopped: this.stopped, gapCounts: null };
  }

  /** Whether nothing more is to be run: there is enough, or the case was given up. */
  isDone(): boolean {
    const timed = this.runs.filter((r) => !r.warmup);
    const invalid = timed.filter((r) => r.invalid);
    if (invalid.length >= MOST_INVALID) this.stopped ??= invalid.at(-1)!.invalid;
    return this.stopped !== null || isEnough(this.setting.plan, this.c, timed);
  }

  /** The next run, a warm-up first where one is due. Never throws: what goes wrong is a row. */
  async once(): Promise<void> {
    const { plan, options, revivals } = this.setting;
    if (this.warmedFor !== revivals()) [this.warmed, this.warmedFor] = [0, revivals()];
    const warmup = this.warmed < plan.warmups;
    const number = warmup ? ++this.warmed : ++this.timed;
    const { observer, signal, watch } = options;
    await watch?.ready?.(signal);
    if (signal?.aborted) return this.end();
    const most = warmup ? plan.warmups : plan.maxRuns;
    observer?.runStarted?.(this.c, { warmup, number, most });
    const made = await this.record(warmup, warmup ? -number : number);
    if (made.invalid && signal?.aborted) return this.end();
    this.runs.push(made);
    observer?.runFinished?.(this.c, made);
    if (isFatal(made.invalid)) await this.lose(made.invalid!);
  }

  /** Give the case up; what was run is kept. */
  stop(why: Reason): void {
    this.stopped ??= why;
  }

  /** The user wants no more of it. */
  end(): void {
    this.stop(reason('aborted', 'Ended early by the user.'));
  }

  /** The model is gone: once it is brought back, the second time the case is given up. */
  private async lose(why: Reason): Promise<void> {
    this.losses += 1;
    if (this.losses >= MOST_LOSSES || !(await this.setting.revive())) this.stop(why);
  }

  private async record(warmup: boolean, seed: number): Promise<Run> {
    const { watch } = this.setting.options;
    const limit = this.limit(warmup);
    watch?.begin();
    let found: Timings;
    let invalid: Reason | null;
    try {
      found = timings(await this.generate(seed, limit.signal));
      invalid = judge(found, this.c) ?? this.reuseOf(found) ?? stallOf(found);
    } catch (error) {
      found = NOTHING;
      invalid = failure(error);
    } finally {
      limit.end();
    }
    const disturbed = watch?.end() ?? null;
    if (limit.isOver()) invalid = NO_END;
    return { warmup, ...found, invalid: invalid ?? (disturbed && DISTURBED[disturbed]) };
  }

  /** A chat prompt has the length that its template gives it; one that became shorter was partly in the cache still. */
  private reuseOf({ promptTokens }: Timings): Reason | null {
    const before = this.runs.find((run) => !run.invalid)?.promptTokens ?? promptTokens;
    if (promptTokens === null || before === null || promptTokens >= before) return null;
    const read = `The engine read ${promptTokens} prompt tokens, and ${before} in a run before`;
    return reason('wrong-count', `${read}: it kept the rest from earlier.`);
  }

  /** The user's own signal, and a time after which a run is asked to stop: nothing comes any more. */
  private limit(warmup: boolean) {
    const { signal, timer } = this.setting.options;
    const over = new AbortController();
    const alike = this.runs.filter((run) => warmupTokens(this.c) === null || run.warmup === warmup);
    const earlierMs = alike.flatMap((run) => figures(run).totalMs ?? []);
    const end = timer?.(patienceMs(earlierMs), () => over.abort()) ?? (() => {});
    return {
      signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
      isOver: () => over.signal.aborted,
      end,
    };
  }

  /** One run on an emptied KV cache. What fills a `pp` case's depth is not timed; `tg` generates from its depth on. */
  private async generate(seed: number, signal: AbortSignal): Promise<Generation> {
    const { engine } = this.setting;
    const { kind, depth } = this.c;
    await engine.reset();
    const { prompt, completion } = expectedTokens(this.c);
    const ask = (asked: Prompt, change: Partial<GenerateRequest> = {}) => {
      const greedy = { maxTokens: completion, temperature: 0, topP: 1, seed: 0, ignoreEos: true };
      return engine.generate({ prompt: asked, ...greedy, ...change }, { signal });
    };
    if (kind === 'chat') return ask({ messages: CHAT_PROMPT });
    if (kind === 'think') {
      const maxTokens = (seed < 0 && warmupTokens(this.c)) || completion;
      return ask({ messages: THINK_PROMPT }, { maxTokens, ignoreEos: false });
    }
    const filled = kind === 'pp' ? depth : 0;
    const loaded = engine.describe();
    if (!loaded) throw new EngineError('not-loaded', 'The model is gone.', 'Load it again.');
    const ids = promptIds(filled + prompt!, loaded.vocabularySize, seed);
    const past = filled > 0 ? { past: ids.slice(0, filled) } : {};
    return ask({ tokens: ids.slice(filled), ...past });
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

const NO_END = reason('stalled', 'This run took far longer than others, and was ended.');

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
