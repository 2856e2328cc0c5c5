import { expect, test } from 'vitest';
import { addressOf, parseAsked, parseRoute, type Route } from './route.ts';

test('routes survive their address', () => {
  const routes: Route[] = [
    { page: 'models' },
    { page: 'play' },
    { page: 'measure', result: null },
    { page: 'measure', result: 'a/b c' },
  ];
  for (const route of routes) expect(parseRoute(addressOf(route))).toEqual(route);
});

test('any other address is the first page, and a broken escape is no result', () => {
  for (const hash of ['', '#', '#/nowhere', '#main']) expect(parseRoute(hash)).toEqual({ page: 'models' });
  expect(parseRoute('#/measure/%E0')).toEqual({ page: 'measure', result: null });
});

test('a link asks for a model with two parameters', () => {
  expect(parseAsked('')).toBeNull();
  expect(parseAsked('?lib=https://a.example/l.wasm')).toBeNull();
  expect(parseAsked('?model=https://a.example/m&lib=https://a.example/l.wasm')).toEqual({
    modelUrl: 'https://a.example/m',
    libUrl: 'https://a.example/l.wasm',
  });
});
