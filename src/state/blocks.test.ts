import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, sheets } from './blocks.ts';

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

describe('of any size', () => {
  const MOST = 8_000;
  const LONG = array(
    constantFrom('a '.repeat(3_000), 'b'.repeat(9_000), '\u{1f98a}'.repeat(4_500), '\n', '```\n', '- x\n'),
    {
      maxLength: 8,
    },
  ).map((parts) => parts.join(''));

  test('no block is longer than can be drawn in one go, and no character is lost', () => {
    assert(
      property(LONG, (text) => {
        const { done, open } = cut(text);
        for (const block of [...done, open]) expect(block.length).toBeLessThan(2 * MOST + 10);
        expect(letters([...done, open].join('\n'))).toBe(letters(text));
      }),
      { numRuns: 50 },
    );
  });

  test('what is finished never changes while long text is added', () => {
    assert(
      property(LONG, (text) => {
        let before: string[] = [];
        for (let length = 0; length <= text.length; length += 997) {
          const { done } = cut(text.slice(0, length));
          expect(done.slice(0, before.length)).toEqual(before);
          before = done;
        }
      }),
      { numRuns: 20 },
    );
  });

  test('ten thousand items are many lists, and code that never ends stays code', () => {
    expect(cut('- x\n'.repeat(10_000)).done.length).toBe(50);
    const { done } = cut(`\`\`\`js\n${'let a;\n'.repeat(1_000)}`);
    expect(done.length).toBeGreaterThan(3);
    expect(done.every((block) => block.startsWith('```'))).toBe(true);
  });

  test('no character is torn apart', () => {
    for (const block of cut('\u{1f98a}'.repeat(20_000)).done)
      expect(block).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
  });
});

test('plain text comes in sheets of whole lines, and no character is lost', () => {
  expect(sheets('short\n\ntext')).toEqual(['short\n\ntext']);
  const whole = sheets('line\n'.repeat(5_000));
  expect(whole.join('\n')).toBe('line\n'.repeat(5_000));
  expect(Math.max(...whole.map(({ length }) => length))).toBeLessThanOrEqual(8_000);
  const long = 'x'.repeat(30_000);
  expect(sheets(long).join('')).toBe(long);
  expect(sheets(`a\n${long}\n${long}`).every(({ length }) => length <= 8_000)).toBe(true);
});

/** What can be seen, but for fences, which are repeated where code goes on. */
function letters(text: string): string {
  return text.replace(/[\s`]/g, '');
}
