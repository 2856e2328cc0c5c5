import { expect, test } from 'vitest';
import { takeApart } from './thought.ts';

test('text without thinking is the answer', () => {
  expect(takeApart(' Hello <b>')).toEqual({ thought: null, thinking: false, answer: 'Hello <b>' });
});

test('thinking goes on until its closing tag', () => {
  expect(takeApart('<think>\nLet me')).toEqual({ thought: 'Let me', thinking: true, answer: '' });
  expect(takeApart('<think>\nLet me\n</think>\n\nYes.')).toEqual({
    thought: 'Let me',
    thinking: false,
    answer: 'Yes.',
  });
});

test('an opening tag that the template wrote is not missed', () => {
  expect(takeApart('Let me\n</think>\nYes.')).toEqual({ thought: 'Let me', thinking: false, answer: 'Yes.' });
});

test('empty thinking is none', () => {
  expect(takeApart('<think>\n\n</think>\n\nYes.').thought).toBeNull();
});

test('no part of a tag is ever shown', () => {
  const text = '<think>why</think>Because.';
  for (let length = 1; length <= text.length; length += 1) {
    const { thought, answer } = takeApart(text.slice(0, length));
    expect((thought ?? '') + answer).not.toMatch(/[<>/]/);
  }
});
