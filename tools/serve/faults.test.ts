import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startFaultServer } from './faults.mjs';

const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => at % 251));
let root: string;
let server: Awaited<ReturnType<typeof startFaultServer>>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'faults-'));
  await writeFile(join(root, 'a.bin'), bytes);
  server = await startFaultServer({ root });
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

beforeEach(() => {
  server.heal();
  server.log.length = 0;
});

const get = (path = 'a.bin', headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
const body = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('a file, a range of it and nothing else are served', async () => {
  expect(await body(await get())).toEqual(bytes);
  const part = await get('a.bin', { range: 'bytes=4000-' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 4000-4999/5000']);
  expect(await body(part)).toEqual(bytes.subarray(4000));
  expect((await get('a.bin', { range: 'bytes=5000-' })).status).toBe(416);
  expect((await get('..%2f..%2fetc%2fpasswd')).status).toBe(404);
  expect(server.log.map((entry) => entry.bytes)).toEqual([5000, 1000, 0, 0]);
});

test('a fault holds for as many requests as it was given', async () => {
  server.fail('a.bin', { does: 'refuse', status: 503, times: 2 });
  server.fail('a.bin', { does: 'refuse', status: 429, retryAfter: 7 });
  const answers = [await get(), await get(), await get(), await get()];
  expect(answers.map((answer) => answer.status)).toEqual([503, 503, 429, 200]);
  expect(answers[2]?.headers.get('retry-after')).toBe('7');
});

test.each([
  ['by a reset', { does: 'cut', by: 'reset', after: 3000 }],
  ['by a close', { does: 'cut', by: 'close', after: 3000 }],
  ['in the middle of a chunked body', { does: 'cut', by: 'close', after: 3000, chunked: true }],
])('a connection is cut %s', async (_, fault) => {
  server.fail('a.bin', fault);
  await expect(get().then(body)).rejects.toThrow();
  expect(server.sent('a.bin')).toBe(3000);
});

test('bodies are spoilt as told', async () => {
  server.fail('a.bin', { does: 'half' });
  expect(await body(await get())).toEqual(bytes.subarray(0, 2500));
  server.fail('a.bin', { does: 'flip', at: 10 });
  expect((await body(await get()))[10]).toBe(11);
  server.fail('a.bin', { does: 'page' });
  expect((await get()).headers.get('content-type')).toMatch('text/html');
  server.fail('a.bin', { does: 'retag' });
  expect((await get()).headers.get('etag')).not.toBe((await get()).headers.get('etag'));
  server.fail('a.bin', { does: 'ignoreRange' });
  expect((await get('a.bin', { range: 'bytes=1-' })).status).toBe(200);
});

test('a stall keeps the connection, a trickle keeps its pace', async () => {
  server.fail('a.bin', { does: 'stall', after: 1000 });
  await expect(fetch(`${server.url}a.bin`, { signal: AbortSignal.timeout(200) }).then(body)).rejects.toThrow(
    /timeout/i,
  );
  server.fail('a.bin', { does: 'trickle', bytesPerS: 20_000 });
  const startMs = performance.now();
  expect(await body(await get())).toEqual(bytes);
  expect(performance.now() - startMs).toBeGreaterThan(150);
});
