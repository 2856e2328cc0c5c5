import type { Message } from '../engine/engine.ts';

/**
 * What is measured: the cases of a plan, how often each is run, and the plan's form in a URL.
 *
 * Case names and meaning are llama-bench's (https://github.com/ggml-org/llama.cpp/tree/master/tools/llama-bench):
 *   pp512        512 prompt tokens are processed into an empty KV cache
 *   tg128        128 tokens are generated one by one, from an empty KV cache (one token to start from)
 *   …@d2048      the same with 2048 tokens in the KV cache already; filling them is not timed
 *   chat128      a fixed chat prompt through the model's template, 128 tokens generated: what a person feels
 *   think1024    a fixed question through the model's template, answered to its end, thoughts included, in at most
 *                1024 tokens: how long a model that thinks keeps a person waiting for the answer itself
 */

export type CaseKind = 'pp' | 'tg' | 'chat' | 'think';

/** One thing to measure. The name says it all: `parseCase(name)` gives the rest. */
export interface Case {
  name: string;
  kind: CaseKind;
  /** Tokens processed and timed as prompt: exact for `pp`, 0 for `tg`; null where the template decides. */
  promptTokens: number | null;
  /**
   * Tokens generated one by one and timed, i.e. decode steps; the token sampled by prefill comes before them. 0 for `pp`.
   * For `think` the most tokens that are generated, that first one included.
   */
  generateTokens: number;
  /** Tokens put into the KV cache before the timed part. */
  depth: number;
}

export const PRESETS = ['measure', 'quick', 'standard', 'thorough'] as const;
export type Preset = (typeof PRESETS)[number] | 'custom';

export interface Plan {
  preset: Preset;
  cases: Case[];
  /** Runs of the full shape before the timed ones, per case. They are recorded, but no figure uses them. */
  warmups: number;
  /** At least this many valid timed runs per case … */
  minRuns: number;
  /** … and more, up to this many, until the interval of the median is narrow enough. */
  maxRuns: number;
  /** Narrow enough: the 95 % interval lies within this share of the median on either side. */
  precision: number;
}

/** The prompt of every `chat` case. Answering it at length is natural, so that generating is not cut short. */
export const CHAT_PROMPT: Message[] = [
  { role: 'user', content: 'Tell me a story about a brave fox who finds a small key near a quiet river.' },
];

/** The question of every `think` case. Its answer is short, so that what is waited for is the thought. */
export const THINK_PROMPT: Message[] = [
  { role: 'user', content: 'What is 17 plus 26? Answer with the number alone.' },
];

/** Largest values that a plan may hold; a URL can ask for no more. */
const MOST = { tokens: 32_768, depth: 131_072, cases: 16, warmups: 5, runs: 50 };

const PRECISION = 0.03;

/** The case of a name such as `pp512` or `tg128@d2048`, or null if the name is none. */
export function parseCase(name: string): Case | null {
  const match = /^(pp|tg|chat|think)([1-9]\d{0,5})(?:@d([1-9]\d{0,5}))?$/.exec(name);
  if (!match) return null;
  const kind = match[1] as CaseKind;
  const tokens = Number(match[2]);
  const depth = Number(match[3] ?? 0);
  if (tokens > MOST.tokens || depth > MOST.depth || (depth > 0 && !hasDepth(kind))) return null;
  if (kind === 'pp') return { name, kind, promptTokens: tokens, generateTokens: 0, depth };
  return { name, kind, promptTokens: kind === 'tg' ? 0 : null, generateTokens: tokens, depth };
}

/** Whether cases of a kind can come behind tokens in the KV cache; a chat always begins anew. */
export function hasDepth(kind: CaseKind): boolean {
  return kind === 'pp' || kind === 'tg';
}

/** Tokens that the KV cache must hold for a case; a chat template is allowed 256. */
export function contextNeeded(c: Case): number {
  return c.depth + (c.promptTokens ?? 256) + c.generateTokens + 1;
}

function preset(name: Preset, cases: string, minRuns: number, maxRuns: number): Plan {
  const parsed = cases.split(' ').map(parseCase);
  return {
    preset: name,
    cases: parsed.filter((c) => c !== null),
    warmups: 1,
    minRuns,
    maxRuns,
    precision: PRECISION,
  };
}

/** The fixed short benchmark behind the button *Measure*: one warm-up and three runs. */
export const MEASURE: Plan = preset('measure', 'pp128 tg64', 3, 3);
/**
 * Where prefill gives 500 and decode 40 tokens a second, as with a model of two billion parameters on a laptop's GPU, it
 * takes 36 to 66 s beside the check; for a model that thinks up to 92 s, most of what is added being its thought.
 */
export const QUICK: Plan = preset('quick', 'pp512 tg128 chat64', 5, 10);
export const STANDARD: Plan = preset('standard', 'pp128 pp512 tg128 tg128@d2048 chat128', 5, 10);
export const THOROUGH: Plan = preset(
  'thorough',
  'pp128 pp512 pp1024 pp512@d2048 tg64 tg128 tg128@d512 tg128@d1024 tg128@d2048 tg128@d3072 chat128 chat256',
  8,
  10,
);

const BY_NAME = { measure: MEASURE, quick: QUICK, standard: STANDARD, thorough: THOROUGH };

export function isPreset(name: string): name is (typeof PRESETS)[number] {
  return (PRESETS as readonly string[]).includes(name);
}

/** What a preset measures last where the model thinks. */
const THOUGHT = parseCase('think1024')!;

/** The plan of a preset, for a model that thinks or for another one. The short plan is the same for both. */
export function presetPlan(name: (typeof PRESETS)[number], thinks = false): Plan {
  const plan = BY_NAME[name];
  return thinks && name !== 'measure' ? { ...plan, cases: [...plan.cases, THOUGHT] } : plan;
}

/** A plan as it is for a model: presets know whether it thinks, own plans stay as they are. */
export function planFor(plan: Plan, thinks: boolean): Plan {
  return plan.preset !== 'custom' && isDefault(plan) ? presetPlan(plan.preset, thinks) : plan;
}

/** Whether a plan is what its preset says today, for whichever model; own plans never are. */
export function isDefault(plan: Plan): boolean {
  const { preset: name } = plan;
  return name !== 'custom' && [false, true].some((thinks) => sameSettings(plan, presetPlan(name, thinks)));
}

/** How often a case is run. */
export type Times = Pick<Plan, 'warmups' | 'minRuns' | 'maxRuns'>;

/** Runs of thinking: it takes long, and greedy thoughts are the same each time, so that few tell what there is to tell. */
const THOUGHT_RUNS = { quick: 1, most: 3 };

/** How often a plan runs one of its cases. */
export function timesOf(plan: Plan, { kind }: Case): Times {
  if (kind !== 'think') return plan;
  const runs = plan.preset === 'quick' ? THOUGHT_RUNS.quick : Math.min(THOUGHT_RUNS.most, plan.minRuns);
  return { warmups: Math.min(1, plan.warmups), minRuns: runs, maxRuns: runs };
}

function sameSettings(a: Plan, b: Plan): boolean {
  return writeSettings(a) === writeSettings(b) && a.precision === b.precision;
}

/**
 * A plan as a URL parameter that needs no escaping: a preset's name, or for an own plan
 * `pp512_tg128-d2048_w1_r5-10` (cases; `w` warm-ups; `r` least-most runs).
 */
export function writePlan(plan: Plan): string {
  return isDefault(plan) ? plan.preset : writeSettings(plan);
}

function writeSettings(plan: Plan): string {
  const cases = plan.cases.map((c) => c.name.replace('@', '-'));
  return [...cases, `w${plan.warmups}`, `r${plan.minRuns}-${plan.maxRuns}`].join('_');
}

/**
 * The plan of a URL parameter, or null if it is none. An own plan that equals a preset is that preset.
 * @param thinks whether it is for a model that thinks
 */
export function parsePlan(text: string, thinks = false): Plan | null {
  if (isPreset(text)) return presetPlan(text, thinks);
  if (text.length > 400) return null;
  const plan: Plan = { ...STANDARD, preset: 'custom', cases: [] };
  for (const part of text.split('_')) if (!readPart(plan, part)) return null;
  return isPlan(plan) ? named(plan, thinks) : null;
}

function readPart(plan: Plan, part: string): boolean {
  const setting = /^(?:w(\d{1,2})|r(\d{1,2})-(\d{1,2}))$/.exec(part);
  if (setting?.[1] !== undefined) plan.warmups = Number(setting[1]);
  else if (setting) [plan.minRuns, plan.maxRuns] = [Number(setting[2]), Number(setting[3])];
  else {
    const found = parseCase(part.replace('-', '@'));
    if (!found) return false;
    plan.cases.push(found);
  }
  return true;
}

function named(plan: Plan, thinks: boolean): Plan {
  const presets = PRESETS.map((name) => presetPlan(name, thinks));
  return presets.find((one) => sameSettings(plan, one)) ?? plan;
}

/** Whether numbers and cases of a plan are within the limits, and no case comes twice. */
export function isPlan(plan: Plan): boolean {
  const names = new Set(plan.cases.map((c) => c.name));
  return (
    plan.cases.length > 0 &&
    plan.cases.length <= MOST.cases &&
    names.size === plan.cases.length &&
    isWithin(plan.warmups, 0, MOST.warmups) &&
    isWithin(plan.minRuns, 1, plan.maxRuns) &&
    isWithin(plan.maxRuns, 1, MOST.runs) &&
    plan.precision > 0 &&
    plan.precision <= 1
  );
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
