import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { headersFor, parseHeaders, readHeaders } from './headers.mjs';

describe('the format', () => {
  const rules = parseHeaders('# note\n\n/*\n  A: 1\n  B: x: y\n\n/assets/*\n  C: 3\n/one\n  D: 4\n');

  test('a star stands for any rest', () => {
    expect(headersFor(rules, '/')).toEqual({ A: '1', B: 'x: y' });
    expect(headersFor(rules, '/assets/a.js')).toEqual({ A: '1', B: 'x: y', C: '3' });
  });
  test('without a star the path must be the same', () => {
    expect(headersFor(rules, '/one')).toHaveProperty('D');
    expect(headersFor(rules, '/one/more')).not.toHaveProperty('D');
  });
  test('a line that means nothing is an error with its number', () => {
    expect(() => parseHeaders('/*\n  A: 1\n  nonsense\n')).toThrow('line 3');
    expect(() => parseHeaders('  A: 1\n')).toThrow('line 1');
  });
  test('a file that is not there sets nothing', () => expect(readHeaders('/nowhere/_headers')).toEqual([]));
});

describe('public/_headers', () => {
  const rules = parseHeaders(readFileSync(new URL('../../public/_headers', import.meta.url), 'utf8'));
  const page = headersFor(rules, '/');
  const policy = page['Content-Security-Policy']?.split(';').map((part) => part.trim()) ?? [];

  test('isolates the page', () => {
    expect(page).toMatchObject({
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
  });
  test('allows nothing that it does not name', () => expect(policy).toContain("default-src 'none'"));
  test('allows no script but our own files, and WebAssembly', () => {
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("require-trusted-types-for 'script'");
  });
  test('sends nothing to anybody but hosts of models', () => {
    const hosts = policy
      .find((part) => part.startsWith('connect-src'))
      ?.split(' ')
      .slice(1);
    expect(hosts).toEqual([
      "'self'",
      'https://huggingface.co',
      'https://*.huggingface.co',
      'https://*.hf.co',
      'https://raw.githubusercontent.com',
      'http://127.0.0.1:*',
      'http://localhost:*',
    ]);
  });
  test('only files with a hash in their name are kept for ever', () => {
    expect(headersFor(rules, '/assets/app-12345678.js')['Cache-Control']).toContain('immutable');
    for (const path of ['/', '/sw.js', '/models/demo/resolve/main/params_shard_0.bin'])
      expect(headersFor(rules, path)).not.toHaveProperty('Cache-Control');
  });
  test('no header is set by two patterns: hosts disagree on what that means', () => {
    const all = headersFor(rules, '/assets/a.js');
    expect(rules.flatMap((rule) => rule.headers)).toHaveLength(Object.keys(all).length);
  });
});
