import { EngineError, type Variant } from '../engine/engine.ts';
import { LIBRARY_PATH } from './address.ts';
import { LABEL_PATH, makeLabel, readLabel } from './label.ts';
import { CONFIG_PATH, folderUrl, isSafePath } from './manifest.ts';
import { describe, missing } from './problems.ts';
import { wholeChunks, type Store } from './store.ts';
import { readTar, TarProblem, writeTar } from './tar.ts';
import type { GivenFile } from './weights.ts';

/** A model as files in the visitor's hands: one tar, which unpacks to a folder in MLC layout, or such a folder. */

/** A model to import: what it is, and a `fetch` that answers from the given files instead of the network. */
export interface Given {
  variant: Variant;
  fetch: typeof fetch;
}

/** The files of the model's folder, by their paths in it. */
interface Folder {
  /** What the visitor chose, by the name that it has there. */
  from: string;
  /** Of the model's folder, which may lie in what was chosen. */
  name: string;
  files: Map<string, Blob>;
}

export async function exportModel(id: string, store: Store): Promise<Blob> {
  const model = (await store.models()).find((candidate) => candidate.id === id);
  const entries = await store.entries(id);
  const unverified = entries.find((entry) => entry.state !== 'verified');
  if (!model || unverified || entries.length === 0) throw missing(unverified?.path ?? id);
  const folder = safeName(id);
  const files: GivenFile[] = [{ path: `${folder}/${LABEL_PATH}`, blob: makeLabel(model.variant) }];
  for (const entry of entries) {
    files.push({ path: `${folder}/${entry.path}`, blob: new Blob(await wholeChunks(store, entry)) });
  }
  return writeTar(files);
}

/**
 * Finds out what the given files are. Throws an `EngineError` that names what was chosen: `not-a-model`, or
 * `file-damaged` for an export that broke. Its `fetch` rejects with the same.
 */
export async function openGiven(given: GivenFile[], variant: Variant | null): Promise<Given> {
  const [first] = given;
  const isTar = given.length === 1 && first !== undefined && !first.path.endsWith('.json');
  const folder = modelFolder(isTar ? await unpack(first) : given, nameOf(given));
  const named = variant ?? (await labelled(folder)) ?? (await inferred(folder));
  return { variant: named, fetch: answering(folder, named) };
}

function nameOf(given: GivenFile[]): string {
  const names = new Set(given.map(({ path }) => path.split('/')[0]));
  const [name] = names;
  return names.size === 1 && name ? name : 'The selection';
}

async function unpack({ path, blob }: GivenFile): Promise<GivenFile[]> {
  return readTar(blob).catch((error: unknown) => {
    if (!(error instanceof TarProblem)) throw error;
    if (error.kind === 'other') throw notAModel(`${path} is not an exported model.`);
    throw broken(`${path} is damaged, or not complete.`, describe(error.cause));
  });
}

/** The folder that has the config in it; what lies outside is ignored. */
function modelFolder(given: GivenFile[], from: string): Folder {
  const config = given
    .map((file) => file.path.split('/'))
    .filter((parts) => parts.at(-1) === CONFIG_PATH)
    .sort((a, b) => a.length - b.length)[0];
  if (!config) throw notAModel(`${from} holds no model: there is no ${CONFIG_PATH} in it.`);
  const path = config
    .slice(0, -1)
    .map((part) => `${part}/`)
    .join('');
  const inside = given.filter((file) => file.path.startsWith(path));
  const files = new Map(inside.map((file) => [file.path.slice(path.length), file.blob]));
  return { from, name: config.at(-2) ?? from.replace(/\.tar$/i, ''), files };
}

/** What an export says of itself; null for files that carry no label. */
async function labelled({ from, files }: Folder): Promise<Variant | null> {
  const label = files.get(LABEL_PATH);
  if (!label) return null;
  const variant = await readLabel(label);
  if (!variant) throw broken(`${from} is damaged: its ${LABEL_PATH} makes no sense.`);
  return variant;
}

/** What can be said of a bare folder: its name, its one library, and what its config tells. */
async function inferred({ from, name, files }: Folder): Promise<Variant> {
  const libraries = [...files.keys()].filter(
    (path) => path.endsWith('.wasm') && (isSafePath(path) || path === LIBRARY_PATH),
  );
  const [library] = libraries;
  if (!library) throw notAModel(`${from} has no model library (.wasm) in it.`);
  if (libraries.length > 1) throw notAModel(`${from} has more than one model library (.wasm) in it.`);
  const config = await readConfig(files.get(CONFIG_PATH) ?? new Blob(), from);
  const id = /\w/.test(name) ? safeName(name) : 'imported';
  const folder = `https://imported.invalid/${id}/`; // nothing to go back to: what is damaged must be imported again
  return {
    id,
    quantization: typeof config['quantization'] === 'string' ? config['quantization'] : 'unknown',
    modelUrl: folder,
    libUrl: folder + library,
    sizeBytes: null,
    memoryBytes: null,
    bufferBytes: null,
    features: /q\df16/.test(id) ? ['shader-f16'] : [],
    contextTokens: typeof config['context_window_size'] === 'number' ? config['context_window_size'] : 4096,
  };
}

async function readConfig(blob: Blob, from: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await blob.text());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // the next line says it
  }
  throw broken(`${from} is damaged: its ${CONFIG_PATH} is not whole JSON.`);
}

/** A file that is asked for a second time, and not for its rest, was not as it should be. */
function answering({ from, files }: Folder, variant: Variant): typeof fetch {
  const asked = new Set<string>();
  return async (input, init) => {
    const url = String(input);
    const isLibrary = url === variant.libUrl;
    const path = url.slice(isLibrary ? url.lastIndexOf('/') + 1 : folderUrl(variant.modelUrl).length);
    const blob = (isLibrary ? files.get(LIBRARY_PATH) : undefined) ?? files.get(path);
    if (!blob) throw broken(`${from} is not complete: there is no ${path} in it.`);
    const range = /^bytes=(\d+)-$/.exec(new Headers(init?.headers).get('range') ?? '');
    if (range) return rest(blob, Number(range[1]));
    if (asked.has(path)) throw broken(`${from} is damaged: its file ${path} is not as it should be.`);
    asked.add(path);
    return new Response(blob.stream());
  };
}

function rest(blob: Blob, from: number): Response {
  const headers = { 'content-range': `bytes ${from}-${blob.size - 1}/${blob.size}` };
  return new Response(blob.slice(from).stream(), { status: 206, headers });
}

/** Part of a path or of an address, from a name that may hold anything. */
function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 60);
}

function notAModel(message: string): EngineError {
  const hint = 'Choose a .tar file that was exported here, or a whole folder in MLC format.';
  return new EngineError('not-a-model', message, hint);
}

function broken(message: string, detail?: string): EngineError {
  const hint = 'Export or copy it again, then import it once more. What was right is kept.';
  return new EngineError('file-damaged', message, hint, detail);
}
