import type { Variant } from '../engine/engine.ts';
import { LIBRARY_PATH } from './address.ts';
import { agrees, newEntry, storedBytes, type Entry, type ModelRecord } from './journal.ts';
import { CONFIG_PATH, headFiles, listFiles, TENSORS_PATH } from './manifest.ts';
import { aborted, hasCode, toFailure } from './problems.ts';
import { wholeChunks } from './store.ts';
import { fetchFile, type Tools } from './transfer.ts';
import type { ManifestFile } from './weights.ts';

const PARALLEL = 4;
/** As long as the slowest phone network needs to come back after a handover. */
export const STALL_MS = 20_000;

export interface Download extends Tools {
  /** Throws when there is no room for so many more bytes. */
  makeRoom(bytes: number): Promise<void>;
}

/**
 * Fetches, checks and stores what is missing of a model. Resolves when every file is verified and committed; rejects
 * with an `EngineError`. One download of a model at a time: the caller holds its lock.
 */
export async function downloadModel(variant: Variant, tools: Download): Promise<void> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  tools.signal.addEventListener('abort', abort);
  if (tools.signal.aborted) abort();
  try {
    await remember(variant, tools);
    const linked = { ...tools, signal: stop.signal };
    const files = await list(variant, linked, stop);
    const entries = await reconcile(variant.id, files, tools);
    const bytes = files.reduce((sum, file) => sum + missingBytes(file, entries), 0);
    if (bytes > 0) await tools.makeRoom(bytes);
    tools.progress.listed('downloading');
    await fetchAll(files, entries, linked, stop);
  } catch (error) {
    throw tools.signal.aborted ? aborted() : error;
  } finally {
    tools.signal.removeEventListener('abort', abort);
  }
}

async function remember(variant: Variant, { store }: Download): Promise<void> {
  const known = (await store.models()).find((model) => model.id === variant.id);
  const nowMs = Date.now();
  const model: ModelRecord = { id: variant.id, variant, addedMs: known?.addedMs ?? nowMs, usedMs: nowMs };
  await store.putModel(model);
}

/** The files of a model, from its two lists, which are fetched first unless they are stored. */
async function list(variant: Variant, tools: Download, stop: AbortController): Promise<ManifestFile[]> {
  const heads = headFiles(variant).filter((file) => file.path === CONFIG_PATH || file.path === TENSORS_PATH);
  const entries = await matching(variant.id, heads, tools);
  await fetchAll(heads, entries, tools, stop);
  const verified = await tools.store.entries(variant.id);
  const [config, tensors] = await Promise.all(
    [CONFIG_PATH, TENSORS_PATH].map((path) => readJson(verified, path, tools)),
  );
  return listFiles(variant, config, tensors);
}

async function readJson(entries: Entry[], path: string, { store }: Download): Promise<unknown> {
  const entry = entries.find((candidate) => candidate.path === path);
  return entry ? JSON.parse(await new Blob(await wholeChunks(store, entry)).text()) : null;
}

/** Brings the journal in line with the list: new files appear, changed ones start anew, others go. */
async function reconcile(id: string, files: ManifestFile[], tools: Download): Promise<Map<string, Entry>> {
  const { store } = tools;
  const listed = new Set(files.map((file) => file.path));
  for (const entry of await store.entries(id)) if (!listed.has(entry.path)) await store.drop(entry, false);
  const entries = await matching(id, files, tools);
  await store.putEntries([...entries.values()]);
  for (const [path, entry] of entries) tools.progress.file(path, partOf(entry));
  return entries;
}

/** For each file its journal entry, or a new one where the stored bytes are of no use. */
async function matching(id: string, files: ManifestFile[], { store }: Download): Promise<Map<string, Entry>> {
  const stored = new Map((await store.entries(id)).map((entry) => [entry.path, entry]));
  const entries = new Map<string, Entry>();
  for (const file of files) {
    const entry = stored.get(file.path);
    const isUseful = entry !== undefined && entry.chunks.length > 0 && agrees(entry, file);
    if (entry && !isUseful) await store.drop(entry, true);
    entries.set(file.path, isUseful ? entry : newEntry(id, file));
  }
  return entries;
}

/** Four files at a time; the first failure stops the others, and what they have received is stored before it is thrown. */
async function fetchAll(
  files: ManifestFile[],
  entries: Map<string, Entry>,
  tools: Download,
  stop: AbortController,
): Promise<void> {
  const queue = files.filter((file) => entries.get(file.path)?.state !== 'verified');
  const problems: unknown[] = [];
  const work = async () => {
    for (let file = queue.shift(); file && !tools.signal.aborted; file = queue.shift()) {
      const entry = entries.get(file.path) ?? newEntry('', file);
      await fetchFile(file, entry, labelOf(file, files), tools).catch(async (error: unknown) => {
        problems.push(error);
        stop.abort();
        if (hasCode(error, 'file-damaged', 'not-found')) await forgetLists(entry.id, tools);
      });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  const [problem] = problems.filter((error) => toFailure(error).code !== 'aborted');
  if (problem !== undefined) throw problem;
  if (tools.signal.aborted) throw aborted();
}

/** A file that stays damaged or is gone may mean that the model was published anew: next time the lists are read again. */
async function forgetLists(id: string, { store }: Download): Promise<void> {
  const lists = (await store.entries(id)).filter((entry) => [CONFIG_PATH, TENSORS_PATH].includes(entry.path));
  for (const entry of lists) await store.drop(entry, true);
}

function missingBytes(file: ManifestFile, entries: Map<string, Entry>): number {
  const entry = entries.get(file.path);
  return Math.max(0, (file.sizeBytes ?? 0) - (entry ? storedBytes(entry) : 0));
}

function partOf(entry: Entry) {
  return { doneBytes: storedBytes(entry), sizeBytes: entry.sizeBytes, isDone: entry.state === 'verified' };
}

function labelOf(file: ManifestFile, files: ManifestFile[]): string {
  if (file.path === LIBRARY_PATH) return 'The model library';
  if (file.kind !== 'shard') return `The file ${file.path}`;
  const shards = files.filter((other) => other.kind === 'shard');
  return `Shard ${shards.indexOf(file) + 1} of ${shards.length} (${file.path})`;
}
