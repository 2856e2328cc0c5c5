import type { EngineError } from '../engine/engine.ts';
import { engineError, isEngineError } from '../engine/failures.ts';

/** Whatever was thrown, as an error that has a code. */
export function toEngineError(error: unknown): EngineError {
  if (isEngineError(error)) return error;
  if (error instanceof DOMException && error.name === 'AbortError') return engineError('aborted');
  return engineError('unknown', { detail: String(error) });
}
