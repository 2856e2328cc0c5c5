import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filePath } from './files.mjs';
import { listen, serveFolder } from './static.mjs';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const root = join(folder, 'dist');
const script = 'console.log("hello");'.repeat(50);
let server: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(root, '.env'), 'secret');
  writeFileSync(join(root, 'empty.txt'), '');
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'shard.bin'), Buffer.from(Array.from({ length: 256 }, (_, i) => i)));
  writeFileSync(join(root, '_headers'), '/*\n  X-Test: yes\n/assets/*\n  Cache-Control: immutable\n');
  writeFileSync(join(root, 'assets', 'a.js'), script);
  writeFileSync(join(root, 'assets', 'a.js.br'), brotliCompressSync(script));
  writeFileSync(join(root, 'assets', 'a.js.gz'), gzipSync(script));
  server = await listen(serveFolder(root));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** A request with the path as it is: `fetch` would tidy it up first. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  type Answer = { status: number | undefined; headers: Record<string, unknown>; body: Buffer };
  return new Promise<Answer>((done, failed) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, headers, method }, (got) => {
      const parts: Buffer[] = [];
      got.on('data', (part: Buffer) => parts.push(part));
      got.on('end', () => done({ status: got.statusCode, headers: got.headers, body: Buffer.concat(parts) }));
    });
    sent.on('error', failed).end();
  });
}

describe('files', () => {
  test('the page, with the headers of _headers, and not kept without asking', async () => {
    const { status, headers } = await ask('/');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-test': 'yes',
      'cache-control': 'no-cache',
    });
  });
  test('query strings do not matter', async () => expect((await ask('/?model=x')).status).toBe(200));
  test('hashed files are kept', async () => {
    expect((await ask('/assets/a.js')).headers['cache-control']).toBe('immutable');
  });
  test('a missing hashed file is not kept', async () => {
    const { status, headers } = await ask('/assets/gone.js');
    expect([status, headers['cache-control']]).toEqual([404, 'no-cache']);
  });
  test('a folder gets its slash', async () => {
    expect((await ask('/assets?a=b')).headers.location).toBe('/assets/?a=b');
  });
  test('HEAD tells the size and sends nothing', async () => {
    const { headers, body } = await ask('/shard.bin', {}, 'HEAD');
    expect([headers['content-length'], body.length]).toEqual(['256', 0]);
  });
  test('an empty file is a file', async () => expect((await ask('/empty.txt')).status).toBe(200));
  test('other methods are refused', async () => {
    const { status, headers } = await ask('/', {}, 'POST');
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('compression', () => {
  test.each([
    ['gzip, br', 'br', brotliCompressSync(script)],
    ['gzip', 'gzip', gzipSync(script)],
    ['identity', undefined, Buffer.from(script)],
  ])('for %s', async (accept, encoding, bytes) => {
    const { headers, body } = await ask('/assets/a.js', { 'Accept-Encoding': accept });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(body.equals(bytes)).toBe(true);
  });
});

describe('revalidation', () => {
  test('304 for the same tag; each form has its own', async () => {
    const { headers } = await ask('/assets/a.js', { 'Accept-Encoding': 'br' });
    const tag = String(headers.etag);
    const again = { 'If-None-Match': tag };
    expect((await ask('/assets/a.js', { ...again, 'Accept-Encoding': 'br' })).status).toBe(304);
    expect((await ask('/assets/a.js', again)).status).toBe(200);
  });
});

describe('ranges', () => {
  test('a part of a shard', async () => {
    const { status, headers, body } = await ask('/shard.bin', { Range: 'bytes=10-12' });
    expect([status, headers['content-range']]).toEqual([206, 'bytes 10-12/256']);
    expect([...body]).toEqual([10, 11, 12]);
  });
  test('always of the plain form', async () => {
    const { headers } = await ask('/assets/a.js', { Range: 'bytes=0-3', 'Accept-Encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
  });
  test('past the end', async () => {
    const { status, headers } = await ask('/shard.bin', { Range: 'bytes=256-' });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */256']);
  });
  test('the whole file when it has changed', async () => {
    const { status } = await ask('/shard.bin', { Range: 'bytes=10-12', 'If-Range': '"other"' });
    expect(status).toBe(200);
  });
});

describe('nothing outside the folder', () => {
  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '/secret.txt%00.js',
    '/%zz',
    '/.env',
    '/_headers',
    '//127.0.0.1/secret.txt',
  ])('%s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('secret');
  });
  test('a target that is no path does not end the server', async () => {
    await ask('*').catch(() => null);
    expect((await ask('/')).status).toBe(200);
  });
  test('a folder whose name only begins like the root is outside', () => {
    expect(filePath('/srv/dist', '/../dist-harness/a')).toBeNull();
    expect(filePath('/srv/dist', '/a')).toBe('/srv/dist/a');
  });
});

test('a taken port is an error that says so', async () => {
  await expect(listen(serveFolder(root), { port: server.port })).rejects.toThrow('EADDRINUSE');
});
