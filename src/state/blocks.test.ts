import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { cut } from './blocks.ts';

test('paragraphs end at blank lines; the last one stays open', () => {
  expect(cut('one\ntwo\n\nthree')).toEqual({ done: ['one\ntwo'], open: 'three' });
  expect(cut('one\n\n')).toEqual({ done: ['one'], open: '' });
  expect(cut('')).toEqual({ done: [], open: '' });
});

test('a code fence keeps its blank lines, and ends the paragraph above it', () => {
  expect(cut('see:\n```js\na\n\nb\n```\nafter')).toEqual({
    done: ['see:', '```js\na\n\nb\n```'],
    open: 'after',
  });
  expect(cut('```\na\n\nb').open).toBe('```\na\n\nb');
});

test('a fence is closed only by its own kind, and only by a whole line', () => {
  expect(cut('```\n~~~\n``` x\n```\nend').done).toEqual(['```\n~~~\n``` x\n```']);
});

const TEXT = array(constantFrom('a', ' ', '\n', '\n\n', '```', '~~~', '- x', '1. y', '<b>', '```js\n'), {
  maxLength: 30,
}).map((parts) => parts.join(''));

test('what is finished never changes while text is added', () => {
  assert(
    property(TEXT, (text) => {
      let before: string[] = [];
      for (let length = 0; length <= text.length; length += 1) {
        const { done } = cut(text.slice(0, length));
        expect(done.slice(0, before.length)).toEqual(before);
        before = done;
      }
    }),
  );
});

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

test('no visible line is lost', () => {
  assert(
    property(TEXT, (text) => {
      const { done, open } = cut(text);
      expect(lines([...done, open].join('\n'))).toEqual(lines(text));
    }),
  );
});
