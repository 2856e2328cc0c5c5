import { countGaps, GAP_BINS } from '../bench/gaps.ts';
import { figures } from '../bench/measure.ts';
import type { CaseResult } from '../bench/result.ts';
import { median } from '../bench/stats.ts';
import { validRuns } from '../bench/summary.ts';
import type { Reader, Writer } from './bytes.ts';

/** The histogram of a case's gaps between tokens, as it stands or from its stamps; null if there are no gaps. */
export function gapsOf(result: CaseResult): number[] | null {
  if (result.gapCounts) return result.gapCounts;
  const measures = validRuns(result).map(figures);
  const tpots = measures.flatMap((one) => one.tpotMs ?? []);
  const gapsMs = measures.flatMap((one) => one.gapsMs);
  return gapsMs.length > 0 ? countGaps(gapsMs, median(tpots)) : null;
}

/** Number of bins that are not empty | per bin: empty ones before it, count. */
export function writeGaps(to: Writer, counts: number[] | null): void {
  const filled = (counts ?? []).flatMap((many, bin) => (many > 0 ? [bin] : []));
  to.count(filled.length);
  filled.forEach((bin, at) => {
    to.count(bin - (at === 0 ? 0 : filled[at - 1]! + 1));
    to.count(counts![bin]!);
  });
}

export function readGaps(from: Reader): number[] | null {
  const filled = from.count(GAP_BINS);
  if (filled === 0) return null;
  const counts = Array.from({ length: GAP_BINS }, () => 0);
  for (let at = 0, bin = 0; at < filled; at++, bin++) {
    bin += from.count(GAP_BINS - 1);
    counts[Math.min(bin, GAP_BINS - 1)] = from.count(1e6);
  }
  return counts;
}
