import type { EngineError } from '../engine/engine.ts';
import { read, write } from '../store.ts';

/** Something that went wrong, as a bug report tells it. Nothing that was typed or generated may get in here. */
export interface Fault {
  /** Milliseconds since the epoch. */
  atMs: number;
  where: 'load' | 'answer' | 'benchmark' | 'idle' | 'page';
  /** An `ErrorCode`, or the class of an error that nobody caught. */
  code: string;
  /** What the machine said; null where it could repeat what was typed. */
  detail: string | null;
}

const MOST = 20;
const DETAIL_CHARS = 300;

let faults: Promise<readonly Fault[]> | null = null;

/** Keep a fault for a later report. The machine's words are kept of loads only: nothing was typed for one. */
export function noteFault(where: Fault['where'], error: Pick<EngineError, 'code' | 'detail'>): void {
  const { code, detail } = error;
  if (code === 'aborted') return;
  const words = where === 'load' ? detail?.slice(0, DETAIL_CHARS) : undefined;
  keep({ atMs: Date.now(), where, code, detail: words ?? null });
}

/** Keep an error that nobody caught: its class and where in our code it came from, but not its words. */
export function noteStray(error: unknown): void {
  const isError = error instanceof Error;
  const place = isError ? (/[\w.-]+\.js:\d+:\d+/.exec(error.stack ?? '')?.[0] ?? null) : null;
  keep({ atMs: Date.now(), where: 'page', code: isError ? error.name : typeof error, detail: place });
}

/** The latest faults of this and earlier visits, the oldest first. */
export function recentFaults(): Promise<readonly Fault[]> {
  faults ??= read('faults', parseFaults).then((kept) => kept ?? []);
  return faults;
}

function keep(fault: Fault): void {
  faults = recentFaults().then((before) => [...before, fault].slice(-MOST));
  void faults.then((all) => write('faults', all));
}

const WHERE: readonly unknown[] = ['load', 'answer', 'benchmark', 'idle', 'page'] satisfies Fault['where'][];

export function parseFaults(kept: unknown): Fault[] | null {
  if (!Array.isArray(kept)) return null;
  return kept.flatMap((one: unknown): Fault[] => {
    if (typeof one !== 'object' || one === null) return [];
    const { atMs, where, code, detail } = one as Record<string, unknown>;
    if (typeof atMs !== 'number' || !WHERE.includes(where) || typeof code !== 'string') return [];
    const known = where as Fault['where'];
    return [{ atMs, where: known, code, detail: typeof detail === 'string' ? detail : null }];
  });
}
