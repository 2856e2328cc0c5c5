import type { Persistence, Readiness } from '../weights/weights.ts';

/** What the page knows besides the model's own files. */
export interface Conditions {
  /** The page and the engine are in the service worker; null while it was not asked. */
  shellKept: boolean | null;
  /** This browser keeps service workers at all (no private window, no plain http). */
  canKeepShell: boolean;
  /** What is stored outlives the page. */
  isKept: boolean;
  /** All of this model is stored, none of it only in memory. */
  isStored: boolean;
  persistence: Persistence | null;
}

/** One honest line on whether a model would run with the network gone. */
export interface PlaneLine {
  ready: boolean;
  text: string;
}

/** Read from what was checked, never from what should be. */
export function planeLine(readiness: Readiness, conditions: Conditions): PlaneLine {
  const missing = whatIsMissing(readiness, conditions);
  if (missing !== null) return { ready: false, text: `Not ready for the plane. ${missing}.` };
  return { ready: true, text: `Ready for the plane. ${promiseWords(conditions.persistence)}` };
}

/** What the browser said when it was asked to keep what is stored. */
export function promiseWords(persistence: Persistence | null): string {
  if (persistence === 'granted') return 'The browser promised to keep it.';
  if (persistence === 'denied') return 'The browser may delete it if the disk fills up.';
  return 'This browser makes no promise to keep it.';
}

function whatIsMissing(readiness: Readiness, conditions: Conditions): string | null {
  const { isKept, isStored, canKeepShell, shellKept } = conditions;
  if (!isKept) return 'This browser keeps nothing once the page is closed';
  if (!isStored) return 'Some of it is only in memory, and gone when this page is closed';
  const parts = missingFiles(readiness);
  if (parts.length > 0) return `Missing: ${parts.join(', ')}`;
  if (!readiness.isReady) return 'One of its files is missing';
  if (!canKeepShell) return 'This browser does not keep the page itself here';
  if (shellKept === false) return 'The app itself is not kept yet';
  return shellKept === null ? 'The app itself is still being looked at' : null;
}

function missingFiles({ config, tokenizer, library, shardsVerified, shardsTotal }: Readiness): string[] {
  const parts: string[] = [];
  if (!config) parts.push('its config');
  if (!tokenizer) parts.push('its tokenizer');
  if (!library) parts.push('its library');
  if (shardsTotal === null) parts.push('the list of its weights');
  else if (shardsVerified < shardsTotal)
    parts.push(`${shardsTotal - shardsVerified} of its ${shardsTotal} shards`);
  return parts;
}
