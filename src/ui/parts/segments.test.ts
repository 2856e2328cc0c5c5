import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { segment } from './segments.ts';

test('a list may follow a line at once', () => {
  expect(segment('Names:\n- Ada\n  - Lovelace\n* Grace\nHopper')).toEqual([
    { kind: 'paragraph', text: 'Names:' },
    {
      kind: 'list',
      ordered: false,
      start: 1,
      items: [
        { text: 'Ada', depth: 0 },
        { text: 'Lovelace', depth: 1 },
        { text: 'Grace Hopper', depth: 0 },
      ],
    },
  ]);
});

test('numbered lists keep their first number', () => {
  expect(segment('3. c\n4) d')).toMatchObject([
    { ordered: true, start: 3, items: [{ text: 'c' }, { text: 'd' }] },
  ]);
});

test('code is taken as it stands, closed or not yet', () => {
  expect(segment('```ts\n- a\n\n# b\n```')).toEqual([{ kind: 'code', text: '- a\n\n# b' }]);
  expect(segment('```ts\nlet a')).toEqual([{ kind: 'code', text: 'let a' }]);
});

test('headings lose their marks', () => {
  expect(segment('## Two ##\ntext')).toEqual([
    { kind: 'heading', text: 'Two' },
    { kind: 'paragraph', text: 'text' },
  ]);
});

test('a table has as many cells in each row as titles, and ends with its bars', () => {
  expect(segment('Speeds:\n| a | b |\n|---|:-:|\n| 1 | 2 | 3 |\n| 4\nafter')).toEqual([
    { kind: 'paragraph', text: 'Speeds:' },
    {
      kind: 'table',
      head: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['4', ''],
      ],
    },
    { kind: 'paragraph', text: 'after' },
  ]);
});

test('what is no table, or one too wide to read, stays text', () => {
  const wide = `${'|a'.repeat(1000)}|\n${'|-'.repeat(1000)}|\n${'|1'.repeat(1000)}|`;
  for (const text of ['a | b', 'a | b\n---', '|-|', wide])
    expect(segment(text)).toMatchObject([{ kind: 'paragraph' }]);
});

test('any text can be read, however deep its lists', () => {
  assert(
    property(
      string({ unit: constantFrom('-', ' ', '\n', '1', '.', '`', '#', 'a') }),
      (text) => void segment(text),
    ),
  );
  const deep = Array.from({ length: 10_000 }, (_, depth) => `${' '.repeat(depth)}- x`).join('\n');
  expect(segment(deep)).toHaveLength(1);
});
