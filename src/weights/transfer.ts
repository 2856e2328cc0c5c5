import { EngineError } from '../engine/engine.ts';
import { contentProblem } from './content.ts';
import { expectedHash, FileHash } from './hash.ts';
import { appended, storedBytes, type Entry } from './journal.ts';
import { aborted, damaged, describe, hasCode, networkFailed } from './problems.ts';
import type { Progress } from './progress.ts';
import { Later, readAnswer, totalBytes, TRIES, type Answer } from './response.ts';
import { ByteSource } from './source.ts';
import { wholeChunks, type Store } from './store.ts';
import { Watch } from './watch.ts';
import type { ManifestFile } from './weights.ts';

/** What a transfer needs of the world; tests script it. */
export interface Tools {
  store: Store;
  progress: Progress;
  signal: AbortSignal;
  fetch: typeof fetch;
  /** Resolves after `ms`, or rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** 0..1 */
  random(): number;
  /** A connection that brings nothing for this long counts as broken. */
  stallMs: number;
  /** Bytes are stored in chunks of this size. */
  chunkBytes: number;
}

/**
 * Brings one file from `absent` or `partial` to `verified`: receives what is missing, checks it, and fetches it once
 * more if it is damaged. `label` names the file in messages ("Shard 12 of 41 (params_shard_11.bin)"). Rejects with an `EngineError`;
 * whatever was received and may be right stays stored.
 */
export async function fetchFile(
  file: ManifestFile,
  entry: Entry,
  label: string,
  tools: Tools,
): Promise<Entry> {
  const transfer = new Transfer(file, entry, label, tools, await FileHash.of(entry));
  await transfer.recall();
  for (let round = 1; ; round++) {
    await transfer.receive();
    const problem = await transfer.check();
    if (problem === null) return transfer.commit();
    await transfer.discard();
    if (round === 2) throw damaged(label, problem);
  }
}

/** The state of one transfer. Between requests the hash has seen exactly the bytes that are stored. */
class Transfer {
  readonly #file: ManifestFile;
  readonly #label: string;
  readonly #tools: Tools;
  readonly #hash: FileHash;
  #entry: Entry;
  /** The chunk that is being received, and how much of it is there. */
  #chunk: Uint8Array<ArrayBuffer>;
  #filled = 0;
  /** The chunk that is being stored. The entry counts it already. */
  #written: Promise<unknown> = Promise.resolve();
  /** The server said "that is all". */
  #isEnded = false;
  #isTooLong = false;

  constructor(file: ManifestFile, entry: Entry, label: string, tools: Tools, hash: FileHash) {
    this.#file = file;
    this.#entry = entry;
    this.#label = label;
    this.#tools = tools;
    this.#hash = hash;
    this.#chunk = new Uint8Array(tools.chunkBytes);
  }

  /** Hashes what an earlier transfer stored; what cannot be read again is dropped. */
  async recall(): Promise<void> {
    this.#showProgress();
    if (this.#entry.chunks.length === 0) return;
    try {
      for (const chunk of await wholeChunks(this.#tools.store, this.#entry)) {
        if (this.#tools.signal.aborted) throw aborted();
        this.#hash.update(new Uint8Array(await chunk.arrayBuffer()));
      }
    } catch (error) {
      if (hasCode(error, 'aborted')) throw error;
      await this.discard();
    }
  }

  /** Until all bytes are there. Failures that may pass are tried again, at most five times without a new byte. */
  async receive(): Promise<void> {
    let failures = 0;
    while (!this.#isWhole()) {
      const before = storedBytes(this.#entry);
      try {
        await this.#attempt();
      } catch (error) {
        const later = this.#explain(error);
        failures = storedBytes(this.#entry) > before ? 1 : failures + 1;
        if (failures >= later.tries) throw later.problem;
        await this.#pause(later, failures);
      }
    }
  }

  /** Null when the file is right, else what is wrong with it. */
  async check(): Promise<string | null> {
    const { sizeBytes } = this.#entry;
    if (this.#isTooLong) return `more than ${sizeBytes} bytes came`;
    const seen = this.#hash.digest();
    const expected = expectedHash(this.#entry);
    if (expected !== null)
      return seen === expected ? null : `${this.#hash.kind} ${seen} instead of ${expected}`;
    this.#entry = { ...this.#entry, digest: seen };
    return contentProblem(this.#entry, new Blob(await wholeChunks(this.#tools.store, this.#entry)));
  }

  async commit(): Promise<Entry> {
    const sizeBytes = storedBytes(this.#entry);
    this.#entry = { ...this.#entry, state: 'verified', sizeBytes, checkedMs: Date.now() };
    await this.#tools.store.mark(this.#entry);
    this.#showProgress();
    return this.#entry;
  }

  /** Forgets every byte of this file. */
  async discard(): Promise<void> {
    const empty = await this.#tools.store.drop(this.#entry, true);
    this.#entry = { ...empty, sizeBytes: this.#file.sizeBytes };
    this.#hash.restart();
    this.#isEnded = false;
    this.#isTooLong = false;
    this.#showProgress();
  }

  #isWhole(): boolean {
    return this.#isEnded || storedBytes(this.#entry) === this.#entry.sizeBytes;
  }

  /** One request. However it ends, what it brought is stored. */
  async #attempt(): Promise<void> {
    const watch = new Watch(this.#tools.signal, this.#tools.stallMs);
    try {
      const response = await this.#request(watch);
      if (!response) return;
      if (response.body) await this.#read(response.body, watch);
    } finally {
      watch.end();
      await this.#flush();
      await this.#written;
    }
    const size = this.#entry.sizeBytes;
    if (!this.#isTooLong && size !== null && storedBytes(this.#entry) < size)
      throw new Error('it ended too early');
    this.#isEnded = true;
  }

  /** Null when the answer was of no use and the next request must ask for the whole file. */
  async #request(watch: Watch): Promise<Response | null> {
    const from = storedBytes(this.#entry);
    const response = await this.#tools.fetch(this.#entry.url, {
      cache: 'no-store', // the HTTP cache would keep a second copy of every shard
      referrerPolicy: 'no-referrer',
      signal: watch.signal,
      // A single open range needs no preflight; If-Range would.
      ...(from > 0 ? { headers: { Range: `bytes=${from}-` } } : {}),
    });
    watch.beat();
    const answer = readAnswer(response, this.#entry, this.#label);
    if (answer !== 'append' && from > 0) await this.#startAgain(answer);
    if (answer === 'restart') return null;
    const etag = response.headers.get('etag');
    this.#entry = { ...this.#entry, etag, sizeBytes: this.#entry.sizeBytes ?? totalBytes(response) };
    this.#tools.progress.note(null);
    this.#showProgress();
    return response;
  }

  async #startAgain(answer: Answer): Promise<void> {
    await this.discard();
    if (answer === 'replace')
      this.#tools.progress.standing(`This server cannot resume: ${this.#label} starts again.`);
  }

  async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>, watch: Watch): Promise<void> {
    const source = new ByteSource(body);
    for (let bytes = await source.read(); bytes; bytes = await source.read()) {
      watch.hold(); // a slow disk is no silent server
      this.#tools.progress.received(this.#entry.path, bytes.length);
      await this.#take(bytes);
      watch.beat();
      if (this.#isTooLong) return source.cancel();
    }
  }

  async #take(bytes: Uint8Array): Promise<void> {
    const size = this.#entry.sizeBytes;
    const total = storedBytes(this.#entry) + this.#filled + bytes.length;
    if (size !== null && total > size) {
      this.#isTooLong = true;
      return;
    }
    for (let rest = bytes; rest.length > 0;) {
      const piece = rest.subarray(0, this.#chunk.length - this.#filled);
      this.#chunk.set(piece, this.#filled);
      this.#filled += piece.length;
      rest = rest.subarray(piece.length);
      if (this.#filled === this.#chunk.length) await this.#flush();
    }
  }

  /** Gives what was received to the store. One chunk is written while the next arrives, never two. */
  async #flush(): Promise<void> {
    await this.#written; // throws if the chunk before could not be stored, so that no gap can follow
    if (this.#filled === 0) return;
    const bytes = this.#chunk.subarray(0, this.#filled);
    this.#filled = 0;
    this.#written = this.#tools.store.append(this.#entry, new Blob([bytes]));
    this.#written.catch(() => undefined); // it is awaited by the next flush
    this.#entry = appended(this.#entry, bytes.length);
    this.#hash.update(bytes); // while the disk is busy
    // A new buffer, although the Blob is a copy: the browser holds the bytes of a Blob until its tiny handle is
    // collected, and only garbage of some size makes the collector run. Reusing it costs 100 MB at the peak.
    if (bytes.length === this.#chunk.length) this.#chunk = new Uint8Array(this.#tools.chunkBytes);
  }

  /** Rethrows what will not pass. */
  #explain(error: unknown): Later {
    if (this.#tools.signal.aborted) throw aborted();
    if (error instanceof Later) return error;
    if (error instanceof EngineError) throw error;
    return new Later(networkFailed(this.#label, describe(error)), TRIES);
  }

  async #pause(later: Later, failures: number): Promise<void> {
    const { sleep, random, signal, progress } = this.#tools;
    const backoffMs = Math.min(500 * 2 ** (failures - 1), 15_000) * (0.5 + random());
    const waitMs = later.waitMs ?? backoffMs;
    if (waitMs > 2000) progress.note(`Trying ${this.#label} again in ${Math.round(waitMs / 1000)} s.`);
    this.#showProgress();
    await sleep(waitMs, signal);
  }

  #showProgress(): void {
    const { path, sizeBytes, state } = this.#entry;
    const isDone = state === 'verified';
    this.#tools.progress.file(path, { doneBytes: storedBytes(this.#entry), sizeBytes, isDone });
  }
}
