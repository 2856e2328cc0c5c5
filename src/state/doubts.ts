import type { Result } from '../bench/result.ts';
import { doubts, type Doubt } from '../share/doubts.ts';

/** What in a shared result cannot be. */
export function doubtsAbout(result: Result): Doubt[] {
  return doubts(result, Date.now());
}
