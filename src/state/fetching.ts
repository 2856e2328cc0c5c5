import type { EngineError, Variant } from '../engine/engine.ts';
import { engineError } from '../engine/failures.ts';
import type { DownloadOptions, StoredModel } from '../weights/weights.ts';
import { doors } from './doors.ts';
import { isOnline, isOutOfReach } from './network.ts';
import { notify } from './notices.ts';
import { findStored } from './stored.ts';
import { toEngineError } from './thrown.ts';

/** Said when the page had seen a model whole: the site's data was deleted meanwhile, or the disk lost a part. */
export const LOST = 'Some stored files were missing or damaged; they are fetched again.';

/**
 * Whether this very release of the files is stored. Without a network an older release is better than none, and what
 * was imported without hashes is what its owner wants.
 */
export async function isStored(variant: Variant): Promise<boolean> {
  const { id, sha256 } = variant;
  const stored = (await doors.weights().list()).find(
    (model) => model.id === id && model.state === 'verified',
  );
  if (!stored && isWhole(variant)) notify(LOST);
  if (!stored?.variant.sha256 || !isOnline.value) return stored !== undefined;
  return JSON.stringify(stored.variant.sha256) === JSON.stringify(sha256);
}

/** Whether the page saw all files of a model when it last looked. */
export function isWhole({ id }: Variant): boolean {
  return findStored(id)?.state === 'verified';
}

/** Fetch what is missing of a model's files. Throws an `EngineError` that says when it is the network that is missing. */
export async function fetchModel(variant: Variant, options: DownloadOptions): Promise<StoredModel> {
  if (isOutOfReach(variant)) throw noNetwork();
  try {
    return await doors.weights().download(variant, options);
  } catch (error) {
    const known = toEngineError(error);
    throw known.code === 'network-failed' && !isOnline.value ? noNetwork(known.detail) : known;
  }
}

function noNetwork(detail?: string): EngineError {
  return engineError('network-failed', {
    message: 'There is no network, and this model is not whole on this device.',
    hint: 'Try again when you are connected; what has arrived is kept. Models that are stored run without.',
    ...(detail !== undefined && { detail }),
  });
}
