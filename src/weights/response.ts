import type { EngineError } from '../engine/engine.ts';
import { storedBytes, type Entry } from './journal.ts';
import { refused, webPage } from './problems.ts';

/**
 * What a server's answer to "the bytes from n on, please" means. Pure.
 * `append`: they come. `replace`: the whole file comes, so what is stored of it must go. `restart`: this answer is of
 * no use; ask for the whole file.
 */
export type Answer = 'append' | 'replace' | 'restart';

/** A failure that may pass. `problem` is what to say when it does not. */
export class Later extends Error {
  override readonly name = 'Later';
  readonly problem: EngineError;
  /** How often in all it is worth asking. */
  readonly tries: number;
  /** How long the server asks us to wait; null if it did not say. */
  readonly waitMs: number | null;

  constructor(problem: EngineError, tries: number, waitMs: number | null = null) {
    super(problem.message);
    this.problem = problem;
    this.tries = tries;
    this.waitMs = waitMs;
  }
}

export const TRIES = 5;
const TRANSIENT = new Set([408, 425, 429]);
/** Addresses of content networks are signed and expire; asking again makes a new one, so these are asked once more. */
const EXPIRED = new Set([401, 403]);

/** Throws `Later` for what may pass and an `EngineError` for what will not. */
export function readAnswer(response: Response, entry: Entry, label: string): Answer {
  const { status } = response;
  const isTransient = status >= 500 || TRANSIENT.has(status);
  if (isTransient) throw new Later(refused(label, status), TRIES, retryAfterMs(response));
  if (EXPIRED.has(status)) throw new Later(refused(label, status), 2);
  const asked = storedBytes(entry) > 0;
  if (status === 416 && asked) return 'restart';
  if (status !== 200 && !(status === 206 && asked)) throw refused(label, status);
  const isPage = /^text\/html/i.test(response.headers.get('content-type') ?? '');
  if (isPage) throw new Later(webPage(label, entry.kind), 2);
  if (status === 200) return 'replace';
  return fits(response, entry) ? 'append' : 'restart';
}

/** Total size that the answer names, where it does and may be believed. */
export function totalBytes(response: Response): number | null {
  const range = contentRange(response);
  if (range) return range.total;
  // Of another origin we cannot see whether it is compressed, and then the length is that of the compressed bytes.
  const isEncoded = response.headers.has('content-encoding') || response.type === 'cors';
  const length = Number(response.headers.get('content-length') ?? NaN);
  return !isEncoded && response.status === 200 && Number.isInteger(length) ? length : null;
}

function fits(response: Response, entry: Entry): boolean {
  if (hasChanged(response, entry)) return false;
  const range = contentRange(response);
  // Other origins may hide Content-Range. One plain range was asked and granted, and the hash has the last word.
  if (!range) return entry.md5 !== null || entry.sha256 !== null;
  const sameTotal = entry.sizeBytes === null || range.total === null || range.total === entry.sizeBytes;
  return range.start === storedBytes(entry) && sameTotal;
}

function hasChanged(response: Response, entry: Entry): boolean {
  const etag = response.headers.get('etag');
  return etag !== null && entry.etag !== null && etag !== entry.etag;
}

function contentRange(response: Response): { start: number; total: number | null } | null {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  return match ? { start: Number(match[1]), total: match[2] === '*' ? null : Number(match[2]) } : null;
}

/** Retry-After: seconds or a date. Never longer than five minutes; a server that wants more gets an error instead. */
function retryAfterMs(response: Response): number | null {
  const text = response.headers.get('retry-after');
  if (text === null) return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 300_000) : null;
}
