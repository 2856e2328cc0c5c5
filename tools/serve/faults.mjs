/**
 * A static server that fails as real ones do, for tests and measurements. It understands single byte ranges, allows
 * every origin, and keeps a log of what it really sent.
 *
 *     const server = await startFaultServer({ root: 'public/models/demo', port: 0 });
 *     server.fail('resolve/main/params_shard_1.bin', { does: 'cut', by: 'reset', after: 1000 });
 *
 * A fault is used up by one request; `times` repeats it, `Infinity` for ever. Faults of a path come in order.
 *
 *     { does: 'refuse', status, retryAfter? }     e.g. 404, 403, 429, 503
 *     { does: 'cut', by: 'reset' | 'close', after, chunked? }
 *                                      breaks the connection; with `chunked` no length was announced
 *     { does: 'half' }                 200 and a clean end after half of the bytes, its length announced as right
 *     { does: 'flip', at }             one bit of byte `at` is wrong
 *     { does: 'page' }                 200 and a web page, like a network that wants a login
 *     { does: 'stall', after }         goes silent and stays connected
 *     { does: 'trickle', bytesPerS }   slow, but steady
 *     { does: 'retag' }                the right bytes under another ETag
 *     { does: 'ignoreRange' }          200 and the whole file, whatever was asked
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Accept-Ranges, Content-Range, ETag',
};
const PIECE_BYTES = 1 << 20;
const TICK_MS = 50;
/** Between the last byte and a cut: what the system has not sent, or the browser not read yet, would be thrown away. */
const CUT_MS = 300;

/**
 * @typedef {{ path: string, method: string, from: number, status: number, bytes: number }} Logged
 * @typedef {{ does: string, times?: number, [name: string]: unknown }} Fault
 * @param {{ root: string, port?: number, headers?: Record<string, string> }} options `port` 0 takes a free one.
 */
export async function startFaultServer({ root, port = 0, headers = {} }) {
  /** @type {Logged[]} */
  const log = [];
  /** @type {Map<string, Fault[]>} */
  const faults = new Map();
  const server = createServer((request, response) => {
    answer(request, response, { root, headers, log, faults }).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}/`,
    log,
    /** Adds a fault for a path (without a leading slash). */
    fail(/** @type {string} */ path, /** @type {Fault} */ fault) {
      faults.set(path, [...(faults.get(path) ?? []), { times: 1, ...fault }]);
    },
    heal: () => faults.clear(),
    /** Bytes sent for a path, over all requests. */
    sent: (/** @type {string} */ path) =>
      log.filter((entry) => entry.path === path).reduce((sum, entry) => sum + entry.bytes, 0),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request, response, { root, headers, log, faults }) {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname).slice(1) || 'index.html';
  const entry = { path, method: request.method, from: 0, status: 0, bytes: 0 };
  log.push(entry);
  const fault = take(faults, path);
  const common = { ...CORS, ...headers };
  const plain = (status, text, more = {}) => {
    entry.status = status;
    response.writeHead(status, { ...common, 'content-type': 'text/plain', ...more }).end(text);
  };
  if (request.method === 'OPTIONS') return plain(204, '', { 'access-control-allow-headers': '*' });
  if (fault?.does === 'refuse') {
    return plain(
      fault.status,
      'refused',
      fault.retryAfter ? { 'retry-after': String(fault.retryAfter) } : {},
    );
  }
  const file = normalize(join(root, path));
  const found = file.startsWith(normalize(root) + sep) ? await stat(file).catch(() => null) : null;
  if (!found?.isFile()) return plain(404, 'not found');
  if (fault?.does === 'page')
    return plain(200, '<!doctype html><h1>Log in</h1>', { 'content-type': TYPES['.html'] });
  const from = fault?.does === 'ignoreRange' ? 0 : rangeStart(request);
  if (from >= found.size && from > 0) return plain(416, '', { 'content-range': `bytes */${found.size}` });
  entry.from = from;
  entry.status = from > 0 ? 206 : 200;
  response.writeHead(entry.status, { ...common, ...describe(file, found, from, fault) });
  if (request.method === 'HEAD') return response.end();
  return send(response, { file, size: found.size, from, fault, entry });
}

function take(faults, path) {
  const [fault] = faults.get(path) ?? [];
  if (fault && --fault.times <= 0) faults.get(path).shift();
  return fault;
}

/** Where the asked range starts; only `bytes=n-` and `bytes=n-m` to the end are needed here. */
function rangeStart(request) {
  const match = /^bytes=(\d+)-\d*$/.exec(request.headers.range ?? '');
  return match ? Number(match[1]) : 0;
}

function describe(file, found, from, fault) {
  const tag = `${found.size.toString(16)}-${Math.round(found.mtimeMs).toString(16)}`;
  const end = fault?.does === 'half' ? Math.floor(found.size / 2) : found.size;
  return {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
    etag: fault?.does === 'retag' ? `"other-${tag}"` : `"${tag}"`,
    ...(from > 0 ? { 'content-range': `bytes ${from}-${found.size - 1}/${found.size}` } : {}),
    ...(fault?.chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': Math.max(0, end - from) }),
  };
}

async function send(response, { file, size, from, fault, entry }) {
  const end = fault?.does === 'half' ? Math.floor(size / 2) : size;
  const stop = fault?.after === undefined ? end : Math.min(end, Math.max(from, fault.after));
  let at = from;
  for await (const piece of read(file, from, stop, fault)) {
    if (fault?.does === 'flip' && fault.at >= at && fault.at < at + piece.length) piece[fault.at - at] ^= 1;
    at += piece.length;
    if (response.destroyed) return;
    if (!response.write(piece)) await drained(response);
    entry.bytes += piece.length;
  }
  if (fault?.does === 'stall') return;
  if (fault?.does !== 'cut') return response.end();
  await delay(CUT_MS);
  if (fault.by === 'reset') response.socket?.resetAndDestroy();
  else response.socket?.destroySoon();
}

async function* read(file, from, stop, fault) {
  if (stop <= from) return;
  const slow = fault?.does === 'trickle' ? Math.max(1, Math.round((fault.bytesPerS * TICK_MS) / 1000)) : null;
  const stream = createReadStream(file, { start: from, end: stop - 1, highWaterMark: slow ?? PIECE_BYTES });
  for await (const piece of stream) {
    yield piece;
    if (slow) await delay(TICK_MS);
  }
}

function drained(response) {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go);
      response.off('close', go);
      resolve(undefined);
    };
    response.on('drain', go);
    response.on('close', go);
  });
}
