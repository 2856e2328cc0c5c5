import { EngineError, type ErrorCode, type Failure } from '../engine/engine.ts';
import type { ManifestFile } from './weights.ts';

const NEWER = 'VersionError';
const OLDER = 'blocked';

/** What can go wrong with weights, in words. One function for each problem, so that it reads the same everywhere. */

export function aborted(): EngineError {
  return new EngineError('aborted', 'Stopped.', 'What was received is kept; load again to go on from there.');
}

export function damaged(label: string, seen: string): EngineError {
  const hint = 'Try again later, or from another network. Everything else that was received is kept.';
  return new EngineError(
    'file-damaged',
    `${label} is damaged, and was so again when fetched anew.`,
    hint,
    seen,
  );
}

export function webPage(label: string, kind: ManifestFile['kind']): EngineError {
  if (kind === 'shard') {
    const hint = 'This network may ask you to log in first. Open any web page, then load again.';
    return new EngineError('file-damaged', `${label} is damaged: a web page came in its place.`, hint);
  }
  const hint = 'Check the address, or whether this network asks you to log in first.';
  if (kind === 'library') {
    return new EngineError('library-invalid', `${label} is a web page, not a model library.`, hint);
  }
  return new EngineError('not-a-model', `${label} is a web page, so this is not a model folder.`, hint);
}

export function refused(label: string, status: number): EngineError {
  if (status === 404 || status === 410) {
    const hint = 'Check the address. The model may have been moved or renamed.';
    return new EngineError('not-found', `${label} is not on the server.`, hint, `HTTP ${status}`);
  }
  const hint = 'Wait a little and load again. Everything that was received is kept.';
  return new EngineError(
    'http-error',
    `The server refused to send ${uncapital(label)}.`,
    hint,
    `HTTP ${status}`,
  );
}

export function networkFailed(label: string, detail: string): EngineError {
  const hint = 'Check the connection and load again: it goes on where it stopped.';
  return new EngineError(
    'network-failed',
    `The connection broke while fetching ${uncapital(label)}.`,
    hint,
    detail,
  );
}

export function missing(path: string, detail?: string): EngineError {
  const hint = 'Load the model again; only what is missing is fetched.';
  return new EngineError('weights-missing', `The file ${path} is not stored, or not whole.`, hint, detail);
}

export function inUse(): EngineError {
  const hint = 'Choose another model there, or close that tab, then delete it.';
  return new EngineError('busy', 'This model is running, here or in another tab.', hint);
}

export function beingWritten(): EngineError {
  const hint = 'Wait until it is done, or cancel it first.';
  return new EngineError('busy', 'This model is being downloaded or checked, here or in another tab.', hint);
}

export function workerDied(detail?: string): EngineError {
  const hint = 'Try again; if it happens again, reload the page. What was stored is safe.';
  return new EngineError('worker-died', 'The part of this page that stores models stopped.', hint, detail);
}

/** `missingBytes` is how much more room it takes; null when the browser does not tell. */
export function storageFull(missingBytes: number | null, detail?: string): EngineError {
  const room =
    missingBytes === null ? 'There is no room left' : `There is ${sizeText(missingBytes)} too little room`;
  const hint = 'Delete a stored model or free some disk, then load again: what was received is safe.';
  return new EngineError('storage-full', `${room} to store this model.`, hint, detail);
}

export function storageUnavailable(detail: string): EngineError {
  const hint = 'A private window may be the reason; a normal window stores models.';
  return new EngineError('storage-unavailable', 'This browser lets the page store nothing.', hint, detail);
}

export function storedByNewerApp(): EngineError {
  const message = 'The models on this device were stored by a newer version of this app.';
  const hint = 'Reload the page to get that version. Nothing was changed.';
  return new EngineError('storage-unavailable', message, hint, NEWER);
}

export function heldByOlderApp(): EngineError {
  const message = 'Another tab with an older version of this app keeps the models on this device to itself.';
  const hint = 'Reload or close that tab, then try again. Nothing was changed.';
  return new EngineError('storage-unavailable', message, hint, OLDER);
}

/** True when the browser lets this site store nothing at all. */
export function isRefusedStorage(error: unknown): boolean {
  if (!(error instanceof EngineError) || error.code !== 'storage-unavailable') return false;
  return error.detail !== NEWER && error.detail !== OLDER;
}

/** Says what kept us from opening or writing the store. Anything that is no storage error is passed through. */
export function storageProblem(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const detail = describe(error);
  // The class QuotaExceededError hides `quota` and `requested` in Chromium; the name is what all browsers agree on.
  if (name === 'QuotaExceededError') return storageFull(null, detail);
  if (name === 'VersionError') return storedByNewerApp();
  return storageUnavailable(detail);
}

/** Any thrown thing as data for a port. */
export function toFailure(error: unknown): Failure {
  if (error instanceof EngineError) {
    const { code, message, hint, detail } = error;
    return { ok: false, code, message, hint, ...(detail === undefined ? {} : { detail }) };
  }
  const hint = 'Try again. If it happens again, reload the page.';
  return {
    ok: false,
    code: 'unknown',
    message: 'Something unexpected happened.',
    hint,
    detail: describe(error),
  };
}

export function hasCode(error: unknown, ...codes: ErrorCode[]): boolean {
  return error instanceof EngineError && codes.includes(error.code);
}

export function describe(error: unknown): string {
  return error instanceof Error || error instanceof DOMException
    ? `${error.name}: ${error.message}`
    : String(error);
}

/** Bytes in the decimal units that operating systems and model pages use. */
export function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

function uncapital(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
