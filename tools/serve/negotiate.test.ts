import { describe, expect, test } from 'vitest';
import { acceptedEncodings, contentType, isFresh, parseRange } from './negotiate.mjs';

const names = (accept?: string) => acceptedEncodings(accept).map(({ name }) => name);

describe('acceptedEncodings', () => {
  test('prefers brotli, whatever the order', () => {
    expect(names('gzip, deflate, br, zstd')).toEqual(['br', 'gzip']);
  });
  test('none without the header', () => expect(names()).toEqual([]));
  test('honours a refusal', () => expect(names('br;q=0, gzip;q=0.5')).toEqual(['gzip']));
  test('reads the star, except for what is refused by name', () => {
    expect(names('*, br;q=0')).toEqual(['gzip']);
  });
});

describe('parseRange', () => {
  test.each([
    ['bytes=0-9', { first: 0, last: 9 }],
    ['bytes=90-', { first: 90, last: 99 }],
    ['bytes=90-500', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-0', null],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['lines=0-1', null],
    [undefined, null],
  ])('%s of 100 bytes', (header, expected) => expect(parseRange(header, 100)).toEqual(expected));
});

test('isFresh compares weakly and knows lists and the star', () => {
  expect(isFresh('W/"a", "b"', '"a"')).toBe(true);
  expect(isFresh('*', '"a"')).toBe(true);
  expect(isFresh('"c"', '"a"')).toBe(false);
  expect(isFresh(undefined, '"a"')).toBe(false);
});

test('contentType knows what the app is made of, and says octets otherwise', () => {
  expect(contentType('/a/model.wasm')).toBe('application/wasm');
  expect(contentType('/manifest.webmanifest')).toBe('application/manifest+json');
  expect(contentType('/params_shard_0.bin')).toBe('application/octet-stream');
});
