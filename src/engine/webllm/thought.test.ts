import { expect, it } from 'vitest';
import type { Message } from '../engine.ts';
import { EMPTY_THOUGHT, opened, ThoughtWatch, withEmptyThoughts, type Thought } from './thought.ts';

/** Each piece comes with one token, 10 ms apart from 100 on. */
function watch(pieces: string[]): Thought | null {
  const thoughts = new ThoughtWatch();
  pieces.forEach((piece, at) => thoughts.add(piece, at + 1, 100 + 10 * at));
  return thoughts.finish(pieces.length);
}

it.each<[string, string[], Thought | null]>([
  ['an answer without a thought', ['Hel', 'lo'], null],
  ['a thought between tags', ['<think>', 'hm', '</think>', '\n\n', 'Yes', '.'], { tokens: 4, answerMs: 140 }],
  ['a thought whose opening nobody gave back', ['hm', '</think>', 'Yes'], { tokens: 2, answerMs: 120 }],
  ['a tag cut into pieces', ['<thi', 'nk>h', '</th', 'ink>', 'Yes'], { tokens: 4, answerMs: 140 }],
  [
    'a closing tag that brings the answer along',
    ['<think>', 'a', '</think>Yes'],
    { tokens: 2, answerMs: 120 },
  ],
  ['a thought without an end', ['<think>', 'hm', 'hm'], { tokens: 3, answerMs: null }],
  ['a thought with nothing after it', ['<think>', '</think>', '\n'], { tokens: 3, answerMs: null }],
  ['a tag that is talked about', ['The ', 'tag <think>', ' opens'], null],
])('tells of %s', (_, pieces, found) => {
  expect(watch(pieces)).toEqual(found);
});

it('gives a thought its opening back, and nothing to no text', () => {
  expect(opened('hm</think>Yes')).toBe('<think>\nhm</think>Yes');
  expect(opened('')).toBe('');
});

it('puts an empty thought before earlier answers only', () => {
  const chat: Message[] = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'One?' },
    { role: 'assistant', content: 'First.' },
    { role: 'user', content: 'Two?' },
  ];
  expect(withEmptyThoughts(chat).map(({ content }) => content)).toEqual([
    'Be brief.',
    'One?',
    `${EMPTY_THOUGHT}First.`,
    'Two?',
  ]);
});
