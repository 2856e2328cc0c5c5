import { expect, test } from 'vitest';
import { addressOf, parseAsked, parseRoute, type Route } from './route.ts';

test('routes survive their address', () => {
  const routes: Route[] = [
    { page: 'models' },
    { page: 'play' },
    { page: 'measure', result: null },
    { page: 'measure', result: 'a/b c' },
    { page: 'measure', result: null, plan: 'tg128-d512_w1_r5-10', variant: 'a b&c=d' },
    { page: 'measure', result: 'x', compare: 'y.z' },
    { page: 'showdown', machine: null },
    { page: 'showdown', machine: 'rtx-4090' },
    { page: 'shared', link: '#r=1.abc' },
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
