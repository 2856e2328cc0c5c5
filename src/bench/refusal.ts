import { reason } from './measure.ts';
import { formatShare } from './number.ts';
import type { CaseResult, Check, Reason, Result } from './result.ts';
import { summarizeCase } from './summary.ts';

/** Below this a model may sit in a GPU's last cache (the largest hold about 128 MB) and beat its memory. */
export const CACHED_BYTES = 256e6;
/** Bandwidth is measured to within a few percent. */
const BANDWIDTH_SLACK = 1.05;

/** Why no speed of this result may be shown at all, or null. */
export function refusal(result: Result): Reason | null {
  const { check } = result;
  if (check?.verdict === 'fail')
    return reason('check-failed', `This GPU computes wrongly here: ${faultText(check)}.`);
  const beyond = result.cases.map((c) => aboveBandwidth(result, c)).find(Boolean);
  return beyond ? reason('bad-stamps', beyond) : null;
}

/** What was wrong in a check that failed, in words. */
function faultText({ fault, agreeing, total }: Check): string {
  switch (fault) {
    case 'unsteady':
      return 'the same question was answered in two ways, or without any sense';
    case 'bad-logits':
      return 'what the model puts out is not made of numbers, or always the same one';
    case 'no-known-answer':
      return `the model answered none of a few very easy questions`;
    case 'rereads-otherwise':
      return `reading what it wrote leads elsewhere; ${agreeing} of ${total} tokens were alike`;
    default:
      return `${agreeing} of ${total} tokens came out as they must`;
  }
}

/** More bytes per second than the memory was seen to give: a measuring bug, for a model too large for the caches. */
function aboveBandwidth({ model, bandwidth, timerStepMs }: Result, result: CaseResult): string | null {
  if (!bandwidth || !model.bytesPerToken || model.bytesPerToken < CACHED_BYTES) return null;
  const { case: c, decodeTps, steps } = summarizeCase(result);
  if (!decodeTps) return null;
  // A coarse clock may have made the time too short by one step.
  const spanMs = (1000 * steps) / decodeTps.median + (timerStepMs ?? 0);
  const used = ((1000 * steps) / spanMs) * (model.bytesPerToken + c.depth * (model.kvBytesPerToken ?? 0));
  if (used <= BANDWIDTH_SLACK * bandwidth.bytesPerS) return null;
  const share = formatShare(used / bandwidth.bytesPerS);
  return `${c.name} would need ${share} of the memory bandwidth measured here, which cannot be.`;
}
