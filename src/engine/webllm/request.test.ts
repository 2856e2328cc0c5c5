import { assert, constantFrom, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import type { GenerateRequest, Message } from '../engine.ts';
import { checkRequest, escapeMessages } from './request.ts';

const BOUNDS = { contextTokens: 128, vocabularySize: 64 };
const GOOD: GenerateRequest = {
  prompt: { tokens: [1, 2, 3] },
  maxTokens: 8,
  temperature: 0,
  topP: 1,
  seed: 7,
  ignoreEos: true,
};

it.each<[string, Partial<GenerateRequest>, string | null]>([
  ['a good one', {}, null],
  ['no tokens to generate', { maxTokens: 0 }, 'bad-request'],
  ['half a token', { maxTokens: 1.5 }, 'bad-request'],
  ['negative temperature', { temperature: -1 }, 'bad-request'],
  ['NaN temperature', { temperature: NaN }, 'bad-request'],
  ['top-p of 0', { topP: 0 }, 'bad-request'],
  ['a broken seed', { seed: 0.5 }, 'bad-request'],
  ['no prompt tokens', { prompt: { tokens: [] } }, 'bad-request'],
  ['an id outside the vocabulary', { prompt: { tokens: [64] } }, 'bad-request'],
  ['as many tokens as fit', { prompt: { tokens: Array<number>(112).fill(1) } }, null],
  ['one token too many', { prompt: { tokens: Array<number>(113).fill(1) } }, 'context-full'],
  ['empty text', { prompt: { text: '' } }, 'bad-request'],
  ['no messages', { prompt: { messages: [] } }, 'bad-request'],
  ['an answer at the end', { prompt: { messages: [{ role: 'assistant', content: 'x' }] } }, 'bad-request'],
  [
    'a late system prompt',
    {
      prompt: {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'system', content: 'x' },
          { role: 'user', content: 'x' },
        ],
      },
    },
    'bad-request',
  ],
])('checks %s', (_what, change, code) => {
  const check = () => checkRequest({ ...GOOD, ...change }, BOUNDS);
  if (code === null) expect(check).not.toThrow();
  else expect(check).toThrowError(expect.objectContaining({ code }));
});

it('counts the past too', () => {
  const past = Array.from({ length: 119 }, () => 1);
  expect(() => checkRequest({ ...GOOD, prompt: { tokens: [1], past } }, BOUNDS)).toThrowError(
    expect.objectContaining({ code: 'context-full' }),
  );
});

/** What web-llm does with a text: `String.replace` with the text as replacement. */
function insert(text: string): string {
  return 'before {user_message} after'.replace('{user_message}', text);
}

function escaped(message: Message, roles = new Set(['user', 'assistant']), manifest = false): string {
  return escapeMessages([message], { roles, manifest })[0]?.content ?? '';
}

it('escapes texts such that any of them arrives unchanged', () => {
  const dollars = string({ unit: constantFrom('$', '&', "'", '`', '1', 'a', '{', '}') });
  assert(
    property(dollars, (content) => {
      expect(insert(escaped({ role: 'user', content }))).toBe(`before ${content} after`);
    }),
  );
});

it('leaves texts alone that nothing would happen to', () => {
  const content = 'It costs $5, or $ 6, or US$';
  expect(escaped({ role: 'assistant', content })).toBe(content);
});

it('escapes only what goes through a template', () => {
  const content = '$$';
  expect(escaped({ role: 'user', content })).toBe('$$$');
  expect(escaped({ role: 'user', content }, new Set())).toBe(content);
  expect(escaped({ role: 'user', content }, new Set(['user']), true)).toBe(content);
  expect(escaped({ role: 'system', content }, new Set(), true)).toBe('$$$');
});
