import { findings, groupFindings, type FindingGroup } from '../bench/findings.ts';
import type { Result } from '../bench/result.ts';

/** The doubts about a result, by kind. Apart from the rest of a report, which is there sooner without them. */
export function findingsOf(result: Result): FindingGroup[] {
  return groupFindings(findings(result));
}
