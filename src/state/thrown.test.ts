import { expect, test } from 'vitest';
import { engineError } from '../engine/failures.ts';
import { toEngineError } from './thrown.ts';

test('anything thrown becomes an error with a code', () => {
  expect(toEngineError(new TypeError('x'))).toMatchObject({ code: 'unknown', detail: 'TypeError: x' });
  expect(toEngineError(new DOMException('x', 'AbortError')).code).toBe('aborted');
  const own = engineError('busy');
  expect(toEngineError(own)).toBe(own);
});
