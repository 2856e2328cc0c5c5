import { anything, assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findings } from './findings.ts';
import { toCsv, toJson } from './export.ts';
import { sentence } from './format.ts';
import { markdown } from './markdown.ts';
import { parse } from './parse.ts';
import { parsePlan } from './plan.ts';
import { sampleResult } from './samples.ts';
import type { Result } from './result.ts';

async function record(): Promise<Result> {
  return sampleResult({ fail: (run) => (run === 2 ? 'unknown' : null) }, parsePlan('pp16_tg4-d8_w1_r1-1')!);
}

/** Fields that version 2 added. */
const ADDED = new Set(['downloadMs', 'uploadMs', 'firstTokenMs', 'circumstances', 'fault', 'thought']);

/** Every path to a leaf or a list of a JSON value. */
function paths(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...at, key]))];
}

/** A copy with the value at a path replaced. */
function changed(from: unknown, path: string[], to: unknown): unknown {
  if (path.length === 0) return to;
  const copy = structuredClone(from) as Record<string, unknown>;
  let inner = copy;
  for (const key of path.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  inner[path.at(-1)!] = to;
  return copy;
}

/** Every field of a record is replaced by each of these: it is refused, or shown without harm. */
function spoilEverywhere(made: Result): void {
  const places = paths(JSON.parse(JSON.stringify(made)));
  const values = [
    undefined,
    NaN,
    Infinity,
    -1,
    1e308,
    2 ** 53,
    '<img src=x onerror=alert(1)>',
    [],
    {},
    true,
    null,
  ];
  for (const path of places)
    for (const value of values) {
      const found = parse(changed(made, path, value));
      if (found)
        expect(() => [findings(found), sentence(found), markdown(found), toCsv(found)]).not.toThrow();
    }
}

describe('parse', () => {
  it('gives back what a run made', async () => {
    const made = await record();
    expect(parse(made)).toEqual(made);
    expect(parse(JSON.parse(toJson(made)))).toEqual(made);
  });

  it('reads a record of version 1: what it does not have is not known', async () => {
    const made = await record();
    const old = JSON.parse(
      JSON.stringify(made, (key, value: unknown) => (ADDED.has(key) ? undefined : value)),
    ) as Record<string, unknown>;
    const found = parse({ ...old, version: 1 })!;
    expect(found.version).toBe(2);
    expect(found.load).toMatchObject({ totalMs: 900, downloadMs: null, uploadMs: null, firstTokenMs: null });
    expect(found.circumstances).toEqual({ onBattery: null, downloading: null });
    expect(found.check!.fault).toBeNull();
    expect(found.cases[1]!.runs[0]).toMatchObject({ thought: null, completionTokens: 5 });
    expect(found.cases[1]!.runs[0]!.worker).toEqual(made.cases[1]!.runs[0]!.worker);
  });

  it.each([null, undefined, 0, 'x', [], {}, { version: 3 }, { version: '1' }])('refuses %j', (value) =>
    expect(parse(value)).toBeNull(),
  );

  it('drops what it does not know, and pollutes nothing', async () => {
    const text = toJson(await record()).replace(
      '{',
      '{"__proto__":{"bad":1},"constructor":{"prototype":{"bad":1}},"x":1,',
    );
    const found = parse(JSON.parse(text));
    expect(found).toEqual(await record());
    expect(Object.keys(found!)).not.toContain('x');
    expect(({} as Record<string, unknown>)['bad']).toBeUndefined();
  });

  it('refuses a hostile value in any place, or shows it as harmless', async () => {
    const made = await record();
    const thinking = await sampleResult({ thoughtTokens: 3, endsAfter: 6 }, parsePlan('think8_w1_r1-1')!);
    for (const one of [made, thinking]) spoilEverywhere(one);
  });

  it('takes a thought for what it is', async () => {
    const made = await sampleResult({ thoughtTokens: 3, endsAfter: 6 }, parsePlan('think8_w1_r1-1')!);
    expect(parse(JSON.parse(toJson(made)))).toEqual(made);
    const forged = structuredClone(made);
    forged.cases[0]!.runs[1]!.thought!.answerMs = 1;
    expect(parse(forged)!.cases[0]!.runs[1]!.invalid?.code).toBe('bad-stamps');
    forged.cases[0]!.runs[1]!.thought!.answerMs = -1;
    expect(parse(forged)).toBeNull();
  });

  it('survives anything', () => {
    assert(
      property(anything(), (value) => {
        parse(value);
        parse({ version: 1, plan: value, cases: value });
      }),
      { numRuns: 2000 },
    );
  });

  it('cleans and cuts strings', async () => {
    const made = await record();
    const found = parse({ ...made, engine: { name: 'a\u202Eb\u200Bc\nd\u0000', version: 'v'.repeat(500) } })!;
    expect(found.engine.name).toBe('abcd');
    expect(found.engine.version).toHaveLength(60);
  });

  it('judges runs again', async () => {
    const made = await record();
    const forged = structuredClone(made);
    forged.cases[1]!.runs[1]!.worker!.tokensMs.reverse();
    expect(parse(forged)!.cases[1]!.runs[1]!.invalid?.code).toBe('bad-stamps');
  });

  it('refuses results whose cases are not the plan’s', async () => {
    const made = await record();
    expect(parse({ ...made, cases: [made.cases[1], made.cases[0]] })).toBeNull();
    expect(parse({ ...made, cases: [...made.cases, made.cases[0]] })).toBeNull();
    expect(parse({ ...made, plan: { ...made.plan, minRuns: 1.5 } })).toBeNull();
    expect(parse({ ...made, startedUtc: '2026-99-99T00:00:00Z' })).toBeNull();
  });

  it('takes an aborted result', async () => {
    const made = await sampleResult({}, undefined, { signal: AbortSignal.abort() });
    expect(parse(made)).toEqual(made);
  });
});
