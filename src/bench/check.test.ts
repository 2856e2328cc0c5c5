import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { parseGolden, readGolden, type Golden } from './golden.ts';
import { ScriptedEngine, type Script } from './scripted.ts';

const SCRIPT: Partial<Script> = { prefillMsPerToken: 1 };

/** What the scripted engine itself answers, as golden answers; every fourth choice was a near tie. */
async function goldenOf(script: Partial<Script> = {}): Promise<Golden> {
  const engine = new ScriptedEngine({ ...SCRIPT, ...script });
  const prompts = [[1], [5, 6, 7, 8], [9, 8, 7], Array.from({ length: 70 }, (_, id) => id)];
  const cases = [];
  for (const promptTokens of prompts) {
    const request = { maxTokens: 40, temperature: 0, topP: 1, seed: 0, ignoreEos: true };
    const { tokens } = await engine.generate({ prompt: { tokens: promptTokens }, ...request });
    const margins = tokens!.map((_, position) => (position % 4 === 3 ? 0.01 : 1));
    cases.push({ name: `${promptTokens.length}`, promptTokens, outputTokens: tokens!, margins });
  }
  return { model: 'scripted', cases };
}

const rightNext: Script['next'] = (tokens) => tokens.reduce((sum, id, at) => (sum * 31 + id + at) % 2048, 7);

/** Right but for the choice after `length` tokens. */
function differingAt(length: number): Script['next'] {
  return (tokens, byDecode) =>
    tokens.length === length ? (rightNext(tokens, byDecode) + 1) % 2048 : rightNext(tokens, byDecode);
}

describe('the golden check', () => {
  it('passes an engine that answers as it must, on three prompts or all', async () => {
    const golden = await goldenOf();
    const engine = new ScriptedEngine();
    expect(await check(engine, golden)).toEqual({
      kind: 'golden',
      verdict: 'pass',
      agreeing: 72,
      total: 72,
      fault: null,
    });
    expect(engine.requests.map((r) => ('tokens' in r.prompt ? r.prompt.tokens.length : 0))).toEqual([
      1, 4, 70,
    ]);
    expect(await check(engine, golden, { cases: 'all' })).toMatchObject({ agreeing: 96, total: 96 });
    expect(engine.resets).toBe(7);
  });

  it('lets a near tie go otherwise, and compares what follows', async () => {
    // After 70 prompt tokens and 3 answered ones comes a choice that was not clear.
    const found = await check(new ScriptedEngine({ next: differingAt(73) }), await goldenOf());
    expect(found).toMatchObject({ verdict: 'pass', agreeing: 72, total: 72 });
  });

  it('fails an engine that differs at a clear choice', async () => {
    const found = await check(new ScriptedEngine({ next: differingAt(3) }), await goldenOf());
    expect(found).toMatchObject({ verdict: 'fail', total: 72 });
    expect(found.agreeing).toBe(50);
  });

  it.each([
    [
      'a decode kernel that is off',
      (tokens: number[], byDecode: boolean) => rightNext(tokens, byDecode) + (byDecode ? 1 : 0),
    ],
    [
      'a prefill kernel that is off',
      (tokens: number[], byDecode: boolean) => rightNext(tokens, byDecode) + (byDecode ? 0 : 1),
    ],
    [
      'long prompts read wrongly',
      (tokens: number[], byDecode: boolean) => rightNext(tokens, byDecode) + (tokens.length > 64 ? 1 : 0),
    ],
    ['the same token for ever', () => 5],
  ])('fails %s', async (_, next) => {
    expect(await check(new ScriptedEngine({ next }), await goldenOf())).toMatchObject({ verdict: 'fail' });
  });

  it('fails when too few choices were clear to prove anything', async () => {
    const golden = await goldenOf();
    for (const c of golden.cases) c.margins.fill(0.01);
    expect(await check(new ScriptedEngine(), golden)).toMatchObject({
      verdict: 'fail',
      agreeing: 0,
      total: 0,
    });
  });

  it('fails an engine that does not tell its tokens', async () => {
    const engine = new ScriptedEngine({ spoil: (generation) => ({ ...generation, tokens: null }) });
    expect(await check(engine, await goldenOf())).toMatchObject({ verdict: 'fail', agreeing: 0 });
  });

  it('stops when asked, and hands on the engine’s errors', async () => {
    const options = { signal: AbortSignal.abort() };
    await expect(check(new ScriptedEngine(), await goldenOf(), options)).rejects.toMatchObject({
      code: 'aborted',
    });
    const failing = new ScriptedEngine({ fail: () => 'device-lost' });
    await expect(check(failing, await goldenOf())).rejects.toMatchObject({ code: 'device-lost' });
  });
});

describe('golden.json', () => {
  it.each(['demo', 'demo-thinks'])('of the model %s is understood', async (id) => {
    const file = `public/models/${id}/resolve/main/golden.json`;
    const golden = await readGolden(async () => readFileSync(file, 'utf8'));
    expect(golden!.cases.length).toBeGreaterThanOrEqual(3);
    for (const c of golden!.cases) expect(c.margins).toHaveLength(c.outputTokens.length);
  });

  it.each([
    null,
    1,
    [],
    {},
    { version: 2, model: 'm', cases: [] },
    { version: 1, model: 'm', cases: [] },
    { version: 1, model: 'm', cases: [null] },
    { version: 1, model: 'm', cases: [{ name: 'a', promptTokens: [1], outputTokens: [1], margins: [] }] },
    { version: 1, model: 'm', cases: [{ name: 'a', promptTokens: [-1], outputTokens: [1], margins: [1] }] },
    { version: 1, model: 'm', cases: [{ name: 'a', promptTokens: ['1'], outputTokens: [1], margins: [1] }] },
  ])('is refused when it is %j', (value) => expect(parseGolden(value)).toBeNull());

  it('may be missing or damaged', async () => {
    expect(await readGolden(async () => null)).toBeNull();
    expect(await readGolden(async () => '{"version": 1,')).toBeNull();
  });
});
