import { EngineError, type Variant } from '../engine/engine.ts';
import { LIBRARY_PATH } from './address.ts';
import { CONFIG_PATH, folderUrl, isSafePath } from './manifest.ts';
import { missing } from './problems.ts';
import { wholeChunks, type Store } from './store.ts';
import { readTar, writeTar } from './tar.ts';
import type { GivenFile } from './weights.ts';

/** A model as files in the visitor's hands: one tar, which unpacks to a folder in MLC layout, or such a folder. */

/** What the model was stored as; the first file of an export. */
const LABEL_PATH = 'runs-here.json';
const MAX_LABEL_BYTES = 1e6;

/** A model to import: what it is, and a `fetch` that answers from the given files instead of the network. */
export interface Given {
  variant: Variant;
  fetch: typeof fetch;
}

export async function exportModel(id: string, store: Store): Promise<Blob> {
  const model = (await store.models()).find((candidate) => candidate.id === id);
  const entries = await store.entries(id);
  const unverified = entries.find((entry) => entry.state !== 'verified');
  if (!model || unverified || entries.length === 0) throw missing(unverified?.path ?? id);
  const folder = id.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 60);
  const label = new Blob([JSON.stringify({ variant: model.variant }, null, 1)]);
  const files: GivenFile[] = [{ path: `${folder}/${LABEL_PATH}`, blob: label }];
  for (const entry of entries) {
    files.push({ path: `${folder}/${entry.path}`, blob: new Blob(await wholeChunks(store, entry)) });
  }
  return writeTar(files);
}

/** Finds out what the given files are. Throws `not-a-model` with the reason when they are no model. */
export async function openGiven(given: GivenFile[], variant: Variant | null): Promise<Given> {
  const [first] = given;
  const isTar = given.length === 1 && first !== undefined && !first.path.endsWith('.json');
  const files = inFolder(isTar ? await readTar(first.blob) : given);
  const named = variant ?? (await labelled(files)) ?? (await inferred(files, given));
  return {
    variant: named,
    fetch: (input, init) => Promise.resolve(answer(files, named, String(input), init)),
  };
}

/** Paths relative to the folder that has the config in it; what lies outside is ignored. */
function inFolder(given: GivenFile[]): Map<string, Blob> {
  const config = given
    .map((file) => file.path.split('/'))
    .filter((parts) => parts.at(-1) === CONFIG_PATH)
    .sort((a, b) => a.length - b.length)[0];
  if (!config) throw notAModel(`There is no ${CONFIG_PATH} among these files.`);
  const folder = config
    .slice(0, -1)
    .map((part) => `${part}/`)
    .join('');
  const inside = given.filter((file) => file.path.startsWith(folder));
  return new Map(inside.map((file) => [file.path.slice(folder.length), file.blob]));
}

/** The variant that an export carries. Its addresses are checked by whoever uses them. */
async function labelled(files: Map<string, Blob>): Promise<Variant | null> {
  const label = files.get(LABEL_PATH);
  if (!label || label.size > MAX_LABEL_BYTES) return null;
  const { variant } = (await readJson(label)) as { variant?: Partial<Variant> };
  const texts = [variant?.id, variant?.quantization, variant?.modelUrl, variant?.libUrl];
  const isVariant = texts.every((text) => typeof text === 'string' && text.length > 0 && text.length < 2048);
  if (!variant || !isVariant) throw notAModel(`Its ${LABEL_PATH} makes no sense.`);
  return copied(variant as Variant);
}

/** Known fields only, each of its own type: a label is written by anybody. */
function copied(variant: Variant): Variant {
  const { id, quantization, modelUrl, libUrl, manifest, golden } = variant;
  const features = Array.isArray(variant.features)
    ? variant.features.filter((name) => typeof name === 'string')
    : [];
  return {
    id,
    quantization,
    modelUrl,
    libUrl,
    sizeBytes: count(variant.sizeBytes),
    memoryBytes: count(variant.memoryBytes),
    bufferBytes: count(variant.bufferBytes),
    features,
    contextTokens: count(variant.contextTokens) ?? 4096,
    ...(typeof variant.overrides === 'object' && variant.overrides
      ? { overrides: { ...variant.overrides } }
      : {}),
    ...(typeof manifest === 'string' ? { manifest } : {}),
    ...(typeof golden === 'string' ? { golden } : {}),
  };
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/** What can be said of a bare folder: its name, its one library, and what its config tells. */
async function inferred(files: Map<string, Blob>, given: GivenFile[]): Promise<Variant> {
  const libraries = [...files.keys()].filter(
    (path) => path.endsWith('.wasm') && (isSafePath(path) || path === LIBRARY_PATH),
  );
  const [library] = libraries;
  if (!library) throw notAModel('There is no model library (.wasm) among these files.');
  if (libraries.length > 1)
    throw notAModel('There is more than one model library (.wasm) among these files.');
  const config = (await readJson(files.get(CONFIG_PATH) ?? new Blob())) as Record<string, unknown>;
  const parts = given.find((file) => file.path.endsWith(CONFIG_PATH))?.path.split('/') ?? [];
  const name = parts.at(-2)?.replace(/[^A-Za-z0-9._-]/g, '_') || 'imported';
  const folder = `https://imported.invalid/${name}/`; // nothing to go back to: what is damaged must be imported again
  const features = /q\df16/.test(name) ? ['shader-f16'] : [];
  return {
    id: name,
    quantization: typeof config['quantization'] === 'string' ? config['quantization'] : 'unknown',
    modelUrl: folder,
    libUrl: folder + library,
    sizeBytes: null,
    memoryBytes: null,
    bufferBytes: null,
    features,
    contextTokens: typeof config['context_window_size'] === 'number' ? config['context_window_size'] : 4096,
  };
}

function answer(files: Map<string, Blob>, variant: Variant, url: string, init: RequestInit = {}): Response {
  const blob =
    url === variant.libUrl ? libraryOf(files, url) : files.get(url.slice(folderUrl(variant.modelUrl).length));
  if (!blob) return new Response(null, { status: 404 });
  const range = /^bytes=(\d+)-$/.exec(new Headers(init.headers).get('range') ?? '');
  const from = Number(range?.[1] ?? 0);
  if (!range) return new Response(blob.stream());
  const headers = { 'content-range': `bytes ${from}-${blob.size - 1}/${blob.size}` };
  return new Response(blob.slice(from).stream(), { status: 206, headers });
}

function libraryOf(files: Map<string, Blob>, url: string): Blob | undefined {
  return files.get(LIBRARY_PATH) ?? files.get(url.slice(url.lastIndexOf('/') + 1));
}

async function readJson(blob: Blob): Promise<object> {
  try {
    const value: unknown = JSON.parse(await blob.text());
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // the next line says it
  }
  throw notAModel('One of its files is not whole JSON.');
}

function notAModel(reason: string): EngineError {
  const hint = 'Choose a file that was exported here, or a whole folder in MLC format.';
  return new EngineError('not-a-model', `These files are not a model. ${reason}`, hint);
}
