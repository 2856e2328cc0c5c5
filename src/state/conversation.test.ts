import { expect, test } from 'vitest';
import { makeTurn, parseTurns, toMessages } from './conversation.ts';

test('a stored conversation comes back as it was', () => {
  const failure = { code: 'device-lost' as const, message: 'Gone.', hint: 'Again.', detail: null };
  const turns = [
    makeTurn('user', 'Hi', { byPage: true }),
    makeTurn('assistant', 'Hello', { finish: 'stop', tokens: 3, failure }),
    makeTurn('assistant', '<think>hm</think>Yes', { thought: { ms: 3200, tokens: 54 } }),
  ];
  expect(parseTurns(structuredClone(turns))).toEqual(turns);
});

test('what makes no sense is left out, field by field', () => {
  expect(parseTurns('nonsense')).toBeNull();
  expect(parseTurns([null, 7, { id: 'a' }, { id: 'b', role: 'system', text: '' }])).toEqual([]);
  const odd = parseTurns([
    { id: 'c', role: 'user', text: 'Hi', tokens: 'many', decodeTps: Infinity, finish: 'never', thought: {} },
  ]);
  const none = { tokens: null, decodeTps: null, finish: null, thought: null, failure: null, atMs: 0 };
  expect(odd).toMatchObject([none]);
});

test('the model gets no thinking, no failed question and no empty answer', () => {
  const failure = { code: 'unknown' as const, message: 'No.', hint: 'Again.', detail: null };
  const turns = [
    makeTurn('user', 'One'),
    makeTurn('assistant', '<think>hm</think>First'),
    makeTurn('user', 'Two'),
    makeTurn('assistant', '', { failure }),
    makeTurn('user', 'Three'),
  ];
  expect(toMessages(turns, ' Be brief. ')).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'One' },
    { role: 'assistant', content: 'First' },
    { role: 'user', content: 'Three' },
  ]);
});
