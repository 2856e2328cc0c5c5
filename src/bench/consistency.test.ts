import { describe, expect, it } from 'vitest';
import { selfConsistency } from './consistency.ts';
import { ScriptedEngine, type Script } from './scripted.ts';

const rightNext: Script['next'] = (tokens) => tokens.reduce((sum, id, at) => (sum * 31 + id + at) % 2048, 7);

/** Reading as a prompt and decoding part company once, after `length` tokens. */
function partingAt(length: number): Script['next'] {
  return (tokens, byDecode) => rightNext(tokens, byDecode) + (tokens.length === length && !byDecode ? 1 : 0);
}

describe('self-consistency', () => {
  it('passes an engine that agrees with itself', async () => {
    const engine = new ScriptedEngine();
    expect(await selfConsistency(engine)).toEqual({
      kind: 'consistency',
      verdict: 'pass',
      agreeing: 24,
      total: 24,
      fault: null,
    });
    expect(engine.requests.some((r) => 'past' in r.prompt)).toBe(true);
  });

  it('forgives one near tie', async () => {
    expect(await selfConsistency(new ScriptedEngine({ next: partingAt(48 + 16) }))).toMatchObject({
      verdict: 'pass',
      agreeing: 16,
      total: 17,
    });
  });

  it.each([
    [
      'decodes otherwise than it reads',
      (tokens: number[], byDecode: boolean) => rightNext(tokens, byDecode) + (byDecode ? 1 : 0),
    ],
    ['repeats one character', () => 5],
  ])('fails an engine that %s', async (_, next) => {
    expect(await selfConsistency(new ScriptedEngine({ next }))).toMatchObject({ verdict: 'fail' });
  });

  it('fails an engine that answers otherwise the second time', async () => {
    const engine = new ScriptedEngine({ spoil: (g, run) => ({ ...g, text: run === 2 ? 'other' : g.text }) });
    expect(await selfConsistency(engine)).toMatchObject({ verdict: 'fail' });
  });

  it('fails an engine that forgets what is in the cache', async () => {
    const engine = new ScriptedEngine({ spoil: (g, run) => (run === 4 ? { ...g, tokens: [1, 2, 3] } : g) });
    const found = await selfConsistency(engine);
    expect(found.agreeing).toBe(16);
  });

  it('needs a model', async () => {
    const engine = new ScriptedEngine();
    engine.describe = () => null;
    await expect(selfConsistency(engine)).rejects.toMatchObject({ code: 'not-loaded' });
  });

  it.each([
    ['no numbers', { finite: false, constant: false }, 'bad-logits'],
    ['one number over and over', { finite: true, constant: true }, 'bad-logits'],
    ['numbers', { finite: true, constant: false }, null],
  ])('looks at the output where it can: %s', async (_, logits, fault) => {
    const engine = new ScriptedEngine({ spoil: (g) => ({ ...g, logits }) });
    expect(await selfConsistency(engine)).toMatchObject({ fault });
    expect(engine.requests[0]!.inspect).toBe(true);
  });

  it.each([
    ['the first easy question', 'Paris.', 'pass', 8],
    ['the second one only', 'Two and two make four.', 'pass', 9],
    ['none', 'I like trains', 'fail', 10],
  ])('asks a model that should know: it answers %s', async (_, text, verdict, asked) => {
    const engine = new ScriptedEngine({ spoil: (g, run) => (run < 7 ? g : { ...g, text }) });
    expect(await selfConsistency(engine, { knows: true })).toMatchObject({ verdict });
    expect(engine.requests).toHaveLength(asked);
  });

  it.each([true, false])('asks for an answer at once from a model that thinks: %s', async (thinks) => {
    const engine = new ScriptedEngine();
    await selfConsistency(engine, { knows: true, thinks });
    const questions = engine.requests.slice(7);
    expect(questions).toHaveLength(3);
    expect(questions.every(({ thinking }) => thinking === (thinks ? false : undefined))).toBe(true);
    expect(engine.requests.slice(0, 7).every(({ thinking }) => thinking === undefined)).toBe(true);
  });

  it('does not ask a model that need not know', async () => {
    const engine = new ScriptedEngine();
    expect(await selfConsistency(engine)).toMatchObject({ verdict: 'pass' });
    expect(engine.requests).toHaveLength(7);
  });
});
