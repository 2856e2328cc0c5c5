import { signal } from '@preact/signals';
import { CATALOG } from '../engine/catalog.ts';
import type { EngineError, Variant } from '../engine/engine.ts';
import { engineError } from '../engine/failures.ts';
import type { DownloadProgress, GivenFile } from '../weights/weights.ts';
import { doors } from './doors.ts';
import { targetOf } from './models.ts';
import { canKeepShell, keepShell, refreshStorage } from './storage.ts';
import { askToKeep, storeJobs } from './stored.ts';
import { toEngineError } from './thrown.ts';

/** A model on its way from the visitor's files into the store. */
export interface Import {
  /** The file or folder as the visitor knows it. */
  from: string;
  progress: DownloadProgress | null;
  /** The model's name, once it is stored. */
  done: string | null;
  error: EngineError | null;
  stop: () => void;
}

/** The latest import; null before one. */
export const importing = signal<Import | null>(null);

/**
 * Store a model from an exported file, or from the files of a folder. They are checked as a download is. The files of
 * a dropped folder are still being looked up when this is called.
 */
export async function importFiles(giving: GivenFile[] | Promise<GivenFile[]>): Promise<void> {
  if (isImporting()) return;
  const controller = new AbortController();
  let now: Import = {
    from: 'these files',
    progress: null,
    done: null,
    error: null,
    stop: () => controller.abort(),
  };
  const show = (part: Partial<Import>) => (importing.value = now = { ...now, ...part });
  show({});
  storeJobs.value += 1;
  try {
    const files = await readable(giving);
    show({ from: files[0]?.path.split('/')[0] ?? now.from });
    void askToKeep();
    const options = {
      signal: controller.signal,
      onProgress: (progress: DownloadProgress) => void show({ progress }),
    };
    const model = await doors.weights().import(files, catalogued(files), options);
    show({ done: targetOf(model).model.name });
    if (canKeepShell()) void keepShell(); // the model may be here because the network is not
  } catch (error) {
    const known = toEngineError(error);
    if (known.code === 'aborted') importing.value = null;
    else show({ error: known });
  } finally {
    storeJobs.value -= 1;
    await refreshStorage();
  }
}

/** The files, once they are known to be there. */
async function readable(giving: GivenFile[] | Promise<GivenFile[]>): Promise<GivenFile[]> {
  try {
    const files = await giving;
    if (files.length > 0) return files;
  } catch (error) {
    throw engineError('not-a-model', {
      message: 'The browser cannot read these files.',
      hint: 'Copy them to this device, then import the copy.',
      detail: String(error),
    });
  }
  throw engineError('not-a-model', {
    message: 'There is no file in this folder.',
    hint: 'Choose a .tar file that was exported here, or a whole folder in MLC format.',
  });
}

export function isImporting(): boolean {
  return importing.value !== null && importing.value.done === null && importing.value.error === null;
}

/** Take the report of an import away. */
export function dismissImport(): void {
  if (!isImporting()) importing.value = null;
}

/** A folder that is called as a variant of the catalogue is that variant. An exported file says itself what it is. */
function catalogued(files: GivenFile[]): Variant | null {
  if (files.some(({ path }) => path.endsWith('/runs-here.json'))) return null;
  const folders = new Set(files.flatMap(({ path }) => path.split('/').slice(0, -1)));
  return CATALOG.flatMap(({ variants }) => variants).find(({ id }) => folders.has(id)) ?? null;
}
