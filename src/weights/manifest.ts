import { EngineError, type Variant } from '../engine/engine.ts';
import { LIBRARY_PATH } from './address.ts';
import type { ManifestFile } from './weights.ts';

/**
 * Which files a model has. Pure: everything that a server or an archive says is `unknown` here until it was checked,
 * because a path is used as a key and as part of an address, and a size decides how much is fetched.
 */

export const CONFIG_PATH = 'mlc-chat-config.json';
export const TENSORS_PATH = 'tensor-cache.json';

const MAX_SHARDS = 8192;
const MAX_SHARD_BYTES = 2 ** 32;
const MAX_MODEL_BYTES = 2 ** 37; // 128 GiB: more than any origin may store
const SEGMENT = /^[A-Za-z0-9_+=-][A-Za-z0-9._+=-]{0,127}$/;
const MAX_PATH_LENGTH = 512;

/** The files known before anything was fetched: those that tell about all others, and the library. */
export function headFiles(variant: Variant): ManifestFile[] {
  const files = [
    fileOf(variant, CONFIG_PATH, 'config'),
    fileOf(variant, TENSORS_PATH, 'tensors'),
    fileOf(variant, LIBRARY_PATH, 'library'),
  ];
  if (variant.manifest) files.push(fileOf(variant, variant.manifest, 'manifest'));
  if (variant.golden) files.push(fileOf(variant, variant.golden, 'golden'));
  return files;
}

/**
 * All files of a model. `config` and `tensors` are its parsed `mlc-chat-config.json` and `tensor-cache.json`.
 * Throws `not-a-model` when they do not describe a model that can be loaded.
 */
export function listFiles(variant: Variant, config: unknown, tensors: unknown): ManifestFile[] {
  const files = [
    ...headFiles(variant),
    fileOf(variant, tokenizerPath(config), 'tokenizer'),
    ...shards(variant, tensors),
  ];
  const paths = new Set(files.map((file) => file.path));
  if (paths.size < files.length) throw notAModel('It lists the same file twice.');
  return files;
}

/** True for a path that stays inside a model's folder and means the same file everywhere. */
export function isSafePath(path: string): boolean {
  return path.length <= MAX_PATH_LENGTH && path.split('/').every((part) => SEGMENT.test(part));
}

/** The model's folder with a slash at the end. A bare Hugging Face repository means its `main` revision. */
export function folderUrl(modelUrl: string): string {
  const url = webUrl(modelUrl);
  const repository = /^\/[^/]+\/[^/]+\/?$/.test(url.pathname);
  const bareRepository = repository && ['huggingface.co', 'hf.co'].includes(url.hostname);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  if (bareRepository) url.pathname += 'resolve/main/';
  return url.href;
}

function webUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  const hint = 'Give the full address of the folder, beginning with https://.';
  throw new EngineError(
    'bad-url',
    'This is not an address that files can be fetched from.',
    hint,
    text.slice(0, 200),
  );
}

function fileOf(variant: Variant, path: string, kind: ManifestFile['kind']): ManifestFile {
  const isLibrary = path === LIBRARY_PATH;
  if (!isLibrary && !isSafePath(path)) throw notAModel('It names a file outside its folder.', path);
  const url = isLibrary ? webUrl(variant.libUrl).href : folderUrl(variant.modelUrl) + path;
  return { path, url, sizeBytes: null, md5: null, sha256: pinned(variant, path), kind };
}

function pinned(variant: Variant, path: string): string | null {
  const pins = variant.sha256 ?? {};
  return Object.hasOwn(pins, path) ? (pins[path] ?? null) : null;
}

function tokenizerPath(config: unknown): string {
  const names = field(config, 'tokenizer_files');
  if (!Array.isArray(names)) throw notAModel(`Its ${CONFIG_PATH} names no tokenizer.`);
  const known = ['tokenizer.json', 'tokenizer.model'].find((name) => names.includes(name));
  if (!known) throw notAModel('Its tokenizer is of a kind that the engine cannot read.');
  return known;
}

function shards(variant: Variant, tensors: unknown): ManifestFile[] {
  const records = field(tensors, 'records');
  if (!Array.isArray(records) || records.length === 0)
    throw notAModel(`Its ${TENSORS_PATH} lists no weights.`);
  if (records.length > MAX_SHARDS) throw notAModel(`Its ${TENSORS_PATH} lists ${records.length} files.`);
  const files = records.map((record) => shard(variant, record));
  const total = files.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0);
  if (total > MAX_MODEL_BYTES) throw notAModel(`Its ${TENSORS_PATH} promises more than any browser stores.`);
  return files;
}

function shard(variant: Variant, record: unknown): ManifestFile {
  const path = field(record, 'dataPath');
  if (typeof path !== 'string' || !isSafePath(path))
    throw notAModel('It names a file outside its folder.', path);
  const sizeBytes = field(record, 'nbytes');
  if (!isSize(sizeBytes)) throw notAModel(`The size of its file ${path} makes no sense.`, sizeBytes);
  return { ...fileOf(variant, path, 'shard'), sizeBytes, md5: md5Of(path, field(record, 'md5sum')) };
}

function md5Of(path: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && /^[0-9a-f]{32}$/i.test(value)) return value.toLowerCase();
  throw notAModel(`The checksum of its file ${path} makes no sense.`, value);
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MAX_SHARD_BYTES;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function notAModel(reason: string, seen?: unknown): EngineError {
  const detail = seen === undefined ? undefined : String(JSON.stringify(seen)).slice(0, 200);
  const message = `This folder is not a model that can be run here. ${reason}`;
  return new EngineError(
    'not-a-model',
    message,
    'Check the address: it must be a model in MLC format.',
    detail,
  );
}
