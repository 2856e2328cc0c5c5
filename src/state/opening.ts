import type { Engine, EngineError, ErrorCode, Loaded, LoadProgress } from '../engine/engine.ts';
import type { DownloadProgress } from '../weights/weights.ts';
import { mark } from './crash.ts';
import { doors } from './doors.ts';
import { fetchModel, LOST } from './fetching.ts';
import { notify } from './notices.ts';
import { isPassing } from './recovery.ts';
import type { Target } from './session.ts';
import { toEngineError } from './thrown.ts';

/** One opening of a model: the steps that bring it onto the GPU. What they mean for the page is for `session` to say. */
export interface Opening {
  wanted: Target;
  engine: Engine;
  stopped: AbortSignal;
  told: Told;
}

/** Who is told how an opening goes on. */
export interface Told {
  onPhase(phase: 'downloading' | 'loading'): void;
  /** Files are not here, or not any more, and are fetched. */
  onFetch(): void;
  onDownload(progress: DownloadProgress): void;
  onFetched(bytes: number | null, ms: number): void;
  onLoad(progress: LoadProgress): void;
  /** The GPU or the worker was lost on the way. Returns whether the load is worth another attempt. */
  onLost(error: EngineError): boolean;
}

/** Errors of a load that a damaged file can cause. */
const FILES_MAY_BE_WHY: ReadonlySet<ErrorCode> = new Set([
  'engine-crashed',
  'file-damaged',
  'library-invalid',
  'not-a-model',
  'unknown',
  'weights-missing',
]);

export async function fetchFiles({ wanted, stopped, told }: Opening): Promise<void> {
  told.onFetch();
  await mark('download', wanted);
  const beganMs = performance.now();
  const model = await fetchModel(wanted.variant, {
    signal: stopped,
    onProgress: told.onDownload,
    inMemory: wanted.inMemory ?? false,
  });
  told.onFetched(model.totalBytes, performance.now() - beganMs);
}

/**
 * First aid for a load that failed where damaged files may be why: all that is stored is checked again, what is bad
 * is fetched anew, and the model is loaded once more. Throws the first error when all files are as they should be.
 */
export async function mend(opening: Opening, error: EngineError): Promise<Loaded> {
  const { wanted, stopped, told } = opening;
  if (!FILES_MAY_BE_WHY.has(error.code)) throw error;
  told.onPhase('downloading');
  const { dropped } = await doors
    .weights()
    .verify(wanted.variant.id, { signal: stopped, onProgress: told.onDownload })
    .catch(() => ({ dropped: [] }));
  stopped.throwIfAborted();
  if (dropped.length === 0 && error.code !== 'weights-missing') throw error;
  notify(LOST);
  await fetchFiles(opening);
  return bringUp(opening);
}

/** Load, and load once more when the GPU or the worker was lost on the way. */
export async function bringUp(opening: Opening): Promise<Loaded> {
  try {
    return await loadOnce(opening);
  } catch (thrown) {
    const error = toEngineError(thrown);
    if (!isPassing(error) || !opening.told.onLost(error)) throw error;
    return bringUp(opening);
  }
}

async function loadOnce({ wanted, engine, stopped, told }: Opening): Promise<Loaded> {
  stopped.throwIfAborted();
  told.onPhase('loading');
  await mark('weights', wanted);
  stopped.throwIfAborted();
  let isFilled = false;
  return engine.load(wanted.variant, {
    signal: stopped,
    onProgress(progress) {
      told.onLoad(progress);
      // When the last weights are on the GPU, the shaders are next.
      if (!isFilled && progress.phase === 'openStore' && progress.fraction === 1)
        void mark('shaders', wanted);
      isFilled = progress.phase === 'openStore' && progress.fraction === 1;
    },
  });
}
