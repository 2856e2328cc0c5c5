/**
 * The golden answers of a model: what its weights must answer greedily to fixed prompts, computed in float64 when the model
 * was made (`golden.json` beside the weights). This file reads them; `check.ts` compares.
 */
export interface Golden {
  model: string;
  cases: GoldenCase[];
}

export interface GoldenCase {
  name: string;
  promptTokens: number[];
  outputTokens: number[];
  /** Gap between the best and the second-best logit, one per output token. Where it is small, others may fairly choose otherwise. */
  margins: number[];
}

const GOLDEN_VERSION = 1;
const MOST_CASES = 64;
const MOST_TOKENS = 4096;

/** The golden answers in the parsed JSON of a `golden.json`, or null if it is none. Other fields are ignored. */
export function parseGolden(value: unknown): Golden | null {
  if (!isObject(value) || value['version'] !== GOLDEN_VERSION) return null;
  const { model, cases } = value;
  if (typeof model !== 'string' || !Array.isArray(cases)) return null;
  if (cases.length === 0 || cases.length > MOST_CASES) return null;
  const parsed = cases.map(parseGoldenCase);
  return parsed.every((c) => c !== null) ? { model, cases: parsed } : null;
}

/**
 * Read the golden answers of a model through the given reader of its files (they are stored with the weights).
 * Null if there are none, or none that can be understood: then the model is checked against itself.
 */
export async function readGolden(read: () => Promise<string | null>): Promise<Golden | null> {
  const text = await read();
  if (text === null) return null;
  try {
    return parseGolden(JSON.parse(text));
  } catch {
    return null;
  }
}

function parseGoldenCase(value: unknown): GoldenCase | null {
  if (!isObject(value)) return null;
  const { name, promptTokens, outputTokens, margins } = value;
  if (typeof name !== 'string' || !isIds(promptTokens) || !isIds(outputTokens)) return null;
  if (!isMargins(margins) || margins.length !== outputTokens.length) return null;
  return { name, promptTokens, outputTokens, margins };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isIds(value: unknown): value is number[] {
  return isList(value) && value.every((id) => Number.isInteger(id) && Number(id) >= 0);
}

function isMargins(value: unknown): value is number[] {
  return isList(value) && value.every((gap) => Number.isFinite(gap) && Number(gap) >= 0);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.length <= MOST_TOKENS;
}
