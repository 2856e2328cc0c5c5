import type { Result } from '../bench/result.ts';
import { doubts } from '../share/doubts.ts';

/** What in a shared result cannot be. */
export function doubtsAbout(result: Result): string[] {
  return doubts(result, Date.now());
}
