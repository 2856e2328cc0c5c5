// The pure half of the server: what a request's headers ask for. Nothing here touches a file or a socket.

const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
];

/**
 * Encodings that the client takes, ours first: brotli is a third smaller than gzip on the engine chunk.
 * @param {string | undefined} accept the `Accept-Encoding` header
 * @returns {{ name: string, suffix: string }[]}
 */
export function acceptedEncodings(accept) {
  const wanted = new Map((accept ?? '').split(',').map(parseCoding));
  return ENCODINGS.filter(({ name }) => (wanted.get(name) ?? wanted.get('*') ?? 0) > 0);
}

function parseCoding(text) {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return [name, quality ? Number(quality.slice(2)) : 1];
}

/**
 * One byte range out of a `Range` header. Several ranges, other units and nonsense are ignored, which RFC 9110
 * section 14.2 allows: the whole file is sent then.
 * @param {string | undefined} header
 * @param {number} sizeBytes of the file
 * @returns {{ first: number, last: number } | 'unsatisfiable' | null} both ends included
 */
export function parseRange(header, sizeBytes) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null;
  return first > last ? 'unsatisfiable' : { first, last };
}

/**
 * Whether `If-None-Match` names this tag. Weak and strong tags compare equal here (RFC 9110 section 13.1.2).
 * @param {string | undefined} header
 * @param {string} etag
 */
export function isFresh(header, etag) {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
};

/** @param {string} path */
export function contentType(path) {
  return TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}
