import { expect, test } from 'vitest';
import { parseHanded } from './handed.ts';

test('the result in a shared text or address is found', () => {
  const link = 'https://a.example/app/#r=2.AbC-_9';
  expect(parseHanded(`?${new URLSearchParams({ 'shared-url': link }).toString()}`)).toBe('#r=2.AbC-_9');
  const text = `Qwen at 40 tok/s: ${link} (look!)`;
  expect(
    parseHanded(`?${new URLSearchParams({ 'shared-title': 'x', 'shared-text': text }).toString()}`),
  ).toBe('#r=2.AbC-_9');
});

test('anything else that is handed over is nothing', () => {
  for (const given of ['', 'hello', 'javascript:alert(1)', 'https://a.example/#/play', '#r=', '#r=<b>'])
    expect(parseHanded(`?${new URLSearchParams({ 'shared-text': given }).toString()}`)).toBe('');
});

test('an ordinary address hands nothing over', () => {
  expect(parseHanded('')).toBeNull();
  expect(parseHanded('?model=https://a.example/#r=2.x')).toBeNull();
});
