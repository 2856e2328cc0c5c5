// A static server for `dist`: precompressed files, ranges, ETags and the headers of `dist/_headers`.
//
// Our own, because every property that the app promises rests on it (isolation, policy, brotli of the engine,
// resumable shards) and Node's own parts are nearly all of it. It is meant for one's own machine and for tests.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { chooseForm, filePath, findFile } from './files.mjs';
import { headersFor, readHeaders } from './headers.mjs';
import { acceptedEncodings, contentType, isFresh, parseRange } from './negotiate.mjs';

/**
 * A request handler that serves the files below `root`.
 * @param {string} root
 * @param {import('./headers.mjs').Rule[]} [rules] those of `_headers` in that folder; none: as hosts that set no headers
 * @returns {import('node:http').RequestListener}
 */
export function serveFolder(root, rules = readHeaders(join(root, '_headers'))) {
  const folder = resolve(root);
  return (request, response) => {
    const url = parseTarget(request.url);
    if (!url) return refuse(response, 400, {});
    const { pathname, search } = url;
    const base = { 'Cache-Control': 'no-cache', ...headersFor(rules, pathname) };
    answer(folder, request, response, { pathname, search, base }).catch(() => refuse(response, 500, base));
  };
}

/** Joined, not resolved: `//name/` would otherwise be read as another host, or throw. */
function parseTarget(target) {
  try {
    return new URL(`http://host${target}`);
  } catch {
    return null;
  }
}

async function answer(folder, request, response, { pathname, search, base }) {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, { ...base, Allow: 'GET, HEAD' });
  const path = filePath(folder, pathname);
  const found = path && (await findFile(pathname.endsWith('/') ? join(path, 'index.html') : path));
  if (found === 'folder') return refuse(response, 301, { ...base, Location: `${pathname}/${search}` });
  if (!found) return refuse(response, 404, withoutLifetime(base));
  return sendFile(request, response, found, base);
}

/** A 404 under `/assets/` must not be kept for a year. */
function withoutLifetime(base) {
  return { ...base, 'Cache-Control': 'no-cache' };
}

function refuse(response, status, headers) {
  if (response.headersSent) return response.destroy();
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${status}\n`);
}

async function sendFile(request, response, found, base) {
  // A range counts bytes of the stored form, and shards are stored plain: ranges are answered from the plain form.
  const ranged = request.headers.range !== undefined;
  const form = await chooseForm(found, ranged ? [] : acceptedEncodings(request.headers['accept-encoding']));
  const headers = {
    ...base,
    'Content-Type': contentType(found.path),
    'Accept-Ranges': 'bytes',
    ETag: form.etag,
    Vary: 'Accept-Encoding',
    ...(form.encoding && { 'Content-Encoding': form.encoding }),
  };
  if (isFresh(request.headers['if-none-match'], form.etag))
    return void response.writeHead(304, headers).end();
  const range = wantedRange(request, form);
  if (range === 'unsatisfiable')
    return refuse(response, 416, { ...base, 'Content-Range': `bytes */${form.sizeBytes}` });
  return sendBytes(request, response, form, range, headers);
}

/** `If-Range` with another tag means that the file has changed: then all of it is wanted. */
function wantedRange(request, form) {
  const unless = request.headers['if-range'];
  if (unless !== undefined && unless !== form.etag) return null;
  return parseRange(request.headers.range, form.sizeBytes);
}

function sendBytes(request, response, form, range, headers) {
  const { first, last } = range ?? { first: 0, last: form.sizeBytes - 1 };
  const lengths = { 'Content-Length': last - first + 1 };
  if (range) lengths['Content-Range'] = `bytes ${first}-${last}/${form.sizeBytes}`;
  response.writeHead(range ? 206 : 200, { ...headers, ...lengths });
  if (request.method === 'HEAD' || form.sizeBytes === 0) return void response.end();
  // A visitor who leaves in the middle of a file is no error.
  pipeline(createReadStream(form.path, { start: first, end: last }), response, () => {});
}

/**
 * @param {import('node:http').RequestListener} handler
 * @param {{ port?: number, host?: string }} [options] port 0 takes any free one
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 * @throws Error with code EADDRINUSE when the port is taken
 */
export function listen(handler, { port = 0, host = '127.0.0.1' } = {}) {
  const server = createServer(handler);
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      const taken = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
      done({ url: `http://${nameOf(host)}:${taken}/`, port: taken, close: () => close(server) });
    });
  });
}

/** What to type into a browser on this machine. */
function nameOf(host) {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function close(server) {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
