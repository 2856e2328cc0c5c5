import { expect, it } from 'vitest';
import { parseConfig } from './config.ts';
import { ThoughtWatch, type Thought } from './thought.ts';

/** Each piece comes with one token, 10 ms apart from 100 on. */
function watch(pieces: string[], thinksAtOnce = false): Thought | null {
  const thoughts = new ThoughtWatch(thinksAtOnce);
  pieces.forEach((piece, at) => thoughts.add(piece, at + 1, 100 + 10 * at));
  return thoughts.finish(pieces.length);
}

it.each<[string, string[], boolean, Thought | null]>([
  ['an answer without a thought', ['Hel', 'lo'], false, null],
  [
    'a thought between tags',
    ['<think>', 'hm', '</think>', '\n\n', 'Yes', '.'],
    false,
    { tokens: 4, answerMs: 140 },
  ],
  ['a thought that the prompt opened', ['hm', '</think>', 'Yes'], true, { tokens: 2, answerMs: 120 }],
  ['a tag cut into pieces', ['<thi', 'nk>h', '</th', 'ink>', 'Yes'], false, { tokens: 4, answerMs: 140 }],
  [
    'a closing tag that brings the answer along',
    ['<think>', 'a', '</think>Yes'],
    false,
    { tokens: 2, answerMs: 120 },
  ],
  ['a thought without an end', ['<think>', 'hm', 'hm'], false, { tokens: 3, answerMs: null }],
  ['a thought that the prompt opened, without an end', ['hm', 'hm'], true, { tokens: 2, answerMs: null }],
  ['a thought with nothing after it', ['<think>', '</think>', '\n'], false, { tokens: 3, answerMs: null }],
  ['a tag that is talked about', ['The ', 'tag <think>', ' opens'], false, null],
])('tells of %s', (_, pieces, thinksAtOnce, found) => {
  expect(watch(pieces, thinksAtOnce)).toEqual(found);
});

/** Whether a template with this role of the assistant opens a thought. */
const of = (assistant: string) =>
  parseConfig(
    JSON.stringify({
      vocab_size: 64,
      context_window_size: 64,
      tokenizer_files: [],
      conv_template: { roles: { assistant } },
    }),
    { contextTokens: 64 } as Parameters<typeof parseConfig>[1],
  ).thinksAtOnce;

it('is told by the template whether the prompt opens a thought', () => {
  expect(of('<|im_start|>assistant\n<think>')).toBe(true);
  expect(of('<|im_start|>assistant\n<think>\n')).toBe(true);
  expect(of('<|im_start|>assistant')).toBe(false);
});
