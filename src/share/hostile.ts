import { checksum, fromBase64url, toBase64url } from './bytes.ts';

/** Links that chance or malice broke, for tests. All is decided by the random numbers that are given. */

/** What must never come to be seen, set or run, and signs that change how text is read. */
export const EVIL = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg/onload=alert(1)>',
  '[x](javascript:alert(1))',
  '\u202Egnp.exe\u2066',
  'a\u200B\u200D\uFEFFb',
  '__proto__',
  'constructor',
  '\0\r\n%00',
];

/** From 0 to 1, as `Math.random` gives them. */
export type Next = () => number;

/** The link with its bytes changed and its checksum made right again, so that it is read up to where it makes no sense. */
export function forge(link: string, change: (body: Uint8Array) => Iterable<number>): string {
  const [head = '', payload = ''] = link.split('.');
  const body = Uint8Array.from(change(fromBase64url(payload).slice(0, -2)));
  const sum = checksum(body);
  return `${head}.${toBase64url(Uint8Array.from([...body, sum >> 8, sum & 255]))}`;
}

/** A text in place of the byte at `at`, written as a name that is not known: one of these places is each name's own. */
export function inject(link: string, at: number, text: string): string {
  const signs = [...text].map((sign) => sign.charCodeAt(0) & 255);
  return forge(link, (body) => [...body.slice(0, at), 2 * signs.length + 1, ...signs, ...body.slice(at + 1)]);
}

/** One of many ways to break one of these links. */
export function mutate(links: readonly string[], next: Next): string {
  const link = pick(links, next);
  const kind = next();
  if (kind < 0.85) return forge(link, (body) => pick(BYTES, next)(body, next));
  if (kind < 0.95) return inject(link, below(link.length, next), pick(EVIL, next));
  return pick(SIGNS, next)(link, next);
}

/** To the bytes, behind a right checksum. */
const BYTES: ((body: Uint8Array, next: Next) => Iterable<number>)[] = [
  (body, next) => {
    for (let times = 1 + below(4, next); times > 0; times--)
      body[below(body.length, next)] = next() < 0.3 ? 255 : below(256, next);
    return body;
  },
  (body, next) => {
    body[below(body.length, next)]! ^= 1 << below(8, next);
    return body;
  },
  (body, next) => body.slice(0, below(body.length, next)),
  (body, next) => [...body, ...body.slice(below(body.length, next))],
  (body, next) => {
    const at = below(body.length, next);
    return [...body.slice(0, at), ...body.slice(at + 1 + below(3, next))];
  },
];

/** To the signs, without a right checksum. */
const SIGNS: ((link: string, next: Next) => string)[] = [
  (link, next) => link.slice(0, below(link.length, next)),
  (link, next) => splice(link, next, pick(EVIL, next)),
  (link, next) => splice(link, next, String.fromCharCode(below(0x10000, next))),
  (link, next) => `#r=${pick(['0', '3', '12', '99999', '-1', '1e3', '__proto__'], next)}${link.slice(4)}`,
  (link, next) => link.padEnd(4090 + below(12, next), 'A'),
  (link, next) => encodeURIComponent(splice(link, next, pick(EVIL, next))),
];

function splice(link: string, next: Next, text: string): string {
  const at = below(link.length, next);
  return `#r=${link.slice(0, at)}${text}${link.slice(at + 1)}`.replace('#r=#r=', '#r=');
}

function below(most: number, next: Next): number {
  return Math.floor(next() * most);
}

function pick<T>(from: readonly T[], next: Next): T {
  return from[below(from.length, next)]!;
}
