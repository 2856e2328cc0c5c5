import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { spans } from './spans.ts';

function links(text: string) {
  return spans(text).filter((span) => span.kind === 'link');
}

test('code and bold', () => {
  expect(spans('a `b` and ``c ` d`` and **e**')).toEqual([
    { kind: 'text', text: 'a ' },
    { kind: 'code', text: 'b' },
    { kind: 'text', text: ' and ' },
    { kind: 'code', text: 'c ` d' },
    { kind: 'text', text: ' and ' },
    { kind: 'strong', text: 'e' },
  ]);
});

test('marks without an end are text', () => {
  for (const text of ['a `b', '** b **', '2 ** 3', '[a](b', '`` a `']) {
    expect(spans(text)).toEqual([{ kind: 'text', text }]);
  }
});

test('a link says where it leads, whatever its words say', () => {
  expect(links('[https://bank.example](https://evil.example/x)')).toEqual([
    { kind: 'link', text: 'https://bank.example', href: 'https://evil.example/x', host: 'evil.example' },
  ]);
  expect(links('[mail](mailto:a@b.example?subject=x)')).toEqual([
    { kind: 'link', text: 'mail', href: 'mailto:a@b.example', host: 'a@b.example' },
  ]);
});

test('an address in the text is a link; its host is told where it is not what it looks like', () => {
  expect(links('See https://a.example/b?c=d.')).toEqual([
    { kind: 'link', text: 'https://a.example/b?c=d', href: 'https://a.example/b?c=d', host: null },
  ]);
  expect(links('https://b\u0430nk.example')).toMatchObject([{ host: 'xn--bnk-6cd.example' }]);
});

test('anything but http, https and mailto stays text, and so do names before an @', () => {
  for (const target of [
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//evil.example',
    '/relative',
    'https://bank.example@evil.example/',
  ]) {
    expect(links(`[x](${target})`)).toEqual([]);
  }
});

test('an image is a link to it at most', () => {
  expect(links('![x](https://a.example/pixel.png)')).toMatchObject([{ kind: 'link', text: 'x' }]);
});

const HOSTILE = array(
  constantFrom(
    '`',
    '``',
    '**',
    '[',
    '](',
    ')',
    '![',
    'https://',
    'javascript:',
    'a.example',
    '<img src=x onerror=1>',
    '\u202e',
    '\u200b',
    ' ',
    'x',
  ),
  { maxLength: 40 },
).map((parts) => parts.join(''));

test('at every prefix of any text, links lead to the web or to mail, and no letter is lost', () => {
  assert(
    property(HOSTILE, (text) => {
      for (let length = 0; length <= text.length; length += 1) {
        const prefix = text.slice(0, length);
        for (const span of spans(prefix)) {
          if (span.kind === 'link') expect(span.href).toMatch(/^(https?:\/\/|mailto:)/);
          expect(prefix).toContain(span.text);
        }
      }
    }),
  );
});

test('reading takes linear time: ten times the largest block is read at once', () => {
  const worst = [
    Array.from({ length: 400 }, (_, length) => '`'.repeat(length)).join(' '),
    '['.repeat(80_000),
    '[a'.repeat(40_000),
    '** '.repeat(27_000),
    '**a'.repeat(27_000),
    'https://'.repeat(10_000),
    `[${'a'.repeat(299)}](${'b'.repeat(80_000)}`,
    '`'.repeat(80_000),
  ];
  for (const text of worst) {
    const start = performance.now();
    spans(text);
    expect(performance.now() - start, text.slice(0, 20)).toBeLessThan(1_000);
  }
});
