import { parse } from '../bench/parse.ts';
import { RESULT_VERSION, type Result } from '../bench/result.ts';
import { checksum, Damaged, fromBase64url, Reader, toBase64url, Writer } from './bytes.ts';
import { head, tail, type Head } from './layout.ts';
import { readCase, writeCase, type LinkVersion } from './runs.ts';

/**
 * A result as the fragment of a link, which no server sees:
 *
 *   #r=3.<base64url of: conditions (layout.ts) | number of cases | case (runs.ts) … | additions | checksum, 2 bytes>
 *      └ version: old ones stay readable. 3 added cases of thinking, and left out warm-ups
 */
const VERSION: LinkVersion = 3;
/** Refused before anything is decoded. A standard result takes about 400 characters. */
const MOST_SIGNS = 4096;

export interface LinkOptions {
  /** With a histogram of the gaps between tokens: about 100 characters more. */
  histogram?: boolean;
}

export type LinkProblem = 'no-result' | 'too-long' | 'newer-version' | 'damaged';

/** What a fragment holds. A problem is told in one calm sentence, with what to do next. */
export type Opened =
  { ok: true; result: Result } | { ok: false; code: LinkProblem; message: string; hint: string };

/** The fragment of a result, `#` included. */
export function writeLink(result: Result, { histogram = false }: LinkOptions = {}): string {
  const to = new Writer();
  head.write(to, result);
  to.count(result.cases.length);
  const options = { unitMs: unitOf(result), histogram };
  for (const c of result.cases) writeCase(to, c, options);
  tail.write(to, { ...result, fault: result.check?.fault ?? null });
  const body = to.done();
  const sum = checksum(body);
  return `#r=${VERSION}.${toBase64url(Uint8Array.from([...body, sum >> 8, sum & 255]))}`;
}

/** Whether a fragment claims to hold a result, so that the page should open it and say what is wrong with it. */
export function hasResult(fragment: string): boolean {
  return fragment.startsWith('#r=');
}

/** The result of a fragment. Never throws, whatever the fragment is; it only reads. */
export function openLink(fragment: string): Opened {
  if (!hasResult(fragment)) return PROBLEMS['no-result'];
  if (fragment.length > MOST_SIGNS) return PROBLEMS['too-long'];
  const match = /^#r=([1-9]\d{0,3})\.([\w-]+)$/.exec(fragment);
  if (!match) return PROBLEMS.damaged;
  const version = Number(match[1]);
  if (!isReadable(version)) return PROBLEMS['newer-version'];
  try {
    const result = parse(readBody(match[2]!, version));
    return result ? { ok: true, result } : PROBLEMS.damaged;
  } catch (error) {
    if (error instanceof Damaged) return PROBLEMS.damaged;
    throw error;
  }
}

function isReadable(version: number): version is LinkVersion {
  return version >= 1 && version <= VERSION;
}

function readBody(payload: string, version: LinkVersion): unknown {
  const bytes = fromBase64url(payload);
  const body = bytes.subarray(0, -2);
  const [high = 0, low = 0] = bytes.subarray(-2);
  if (bytes.length < 3 || checksum(body) !== high * 256 + low) throw new Damaged('the checksum is wrong');
  const from = new Reader(body);
  const conditions = head.read(from);
  const planned = conditions.plan.cases;
  const finished = from.count(planned.length);
  const options = { unitMs: unitOf(conditions), version };
  const cases = planned.slice(0, finished).map((c) => readCase(from, c, options));
  const added = version === 1 ? null : tail.read(from);
  from.end();
  const { load, check } = conditions;
  if (!added) return { version: 1, ...conditions, cases };
  return {
    version: RESULT_VERSION,
    ...conditions,
    load: { ...load, ...added.load },
    circumstances: added.circumstances,
    check: check && { ...check, fault: added.fault },
    cases,
  };
}

/** Finer than this no figure needs to be, and a link would only be longer. */
const FINEST_MS = 0.02;

/** Times are written in steps of the clock they were read from, or in as many steps as make 0.02 ms, so all stay on its grid. */
function unitOf({ timerStepMs }: Pick<Head, 'timerStepMs'>): number {
  const stepUs = Math.round((timerStepMs ?? 0) * 1000);
  if (stepUs === 0) return FINEST_MS;
  return (stepUs * Math.ceil((1000 * FINEST_MS) / stepUs)) / 1000;
}

const AGAIN = 'Ask for the link again, and copy it whole.';

const PROBLEMS: Record<LinkProblem, Opened & { ok: false }> = {
  'no-result': { ok: false, code: 'no-result', message: 'There is no result in this link.', hint: AGAIN },
  'too-long': { ok: false, code: 'too-long', message: 'This link is too long to be a result.', hint: AGAIN },
  'newer-version': {
    ok: false,
    code: 'newer-version',
    message: 'This link was made by another version of this page.',
    hint: 'Reload the page to get its newest version, then open the link again.',
  },
  damaged: { ok: false, code: 'damaged', message: 'This link is damaged or cut short.', hint: AGAIN },
};
