import type { CatalogModel } from '../engine/catalog.ts';
import type { ErrorCode } from '../engine/engine.ts';
import { nextSmaller } from '../engine/fit.ts';
import { rows, type Row } from './models.ts';
import { failure, target } from './session.ts';
import { waitsForNetwork } from './stored.ts';

/** After these a smaller model may do where this one did not. */
const TOO_MUCH: ReadonlySet<ErrorCode> = new Set([
  'device-lost',
  'engine-crashed',
  'limits-too-small',
  'out-of-memory',
  'worker-died',
]);

/** The next smaller model that can run here now; null when there is none. */
export function smallerRow(model: CatalogModel): Row | null {
  const usable = rows.value.filter(
    ({ loadable, variant }) => loadable && variant && !waitsForNetwork(variant),
  );
  const smaller = nextSmaller(
    model,
    usable.map((row) => row.model),
  );
  return usable.find((row) => row.model === smaller) ?? null;
}

/** The model to offer after the one at hand was too much for this GPU. */
export function smallerAfterFailure(): Row | null {
  const code = failure.value?.code;
  return code && TOO_MUCH.has(code) && target.value ? smallerRow(target.value.model) : null;
}
