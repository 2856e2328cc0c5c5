import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import type { EngineError } from '../engine/engine.ts';
import { downloadModel } from './download.ts';
import { Progress } from './progress.ts';
import { ScriptedServer, tiny, tinyFiles, type Fault } from './scripted.ts';
import { IdbStore, wholeChunks } from './store.ts';
import type { DownloadProgress } from './weights.ts';

vi.stubGlobal('indexedDB', new IDBFactory());
vi.stubGlobal('IDBKeyRange', IDBKeyRange);

const SHARD = 'params_shard_1.bin';
let store: IdbStore;
let server: ScriptedServer;
let seen: DownloadProgress[];
let count = 0;

beforeEach(async () => {
  store = new IdbStore(`download-${count++}`);
  server = new ScriptedServer(await tinyFiles([5000, 20_000, 3000]));
  seen = [];
});

function download(signal = new AbortController().signal): Promise<void> {
  return downloadModel(tiny, {
    store,
    signal,
    progress: new Progress((progress) => seen.push(progress)),
    fetch: server.fetch,
    sleep: () => Promise.resolve(),
    random: () => 0.5,
    stallMs: 50,
    chunkBytes: 4096,
    makeRoom: () => Promise.resolve(),
  });
}

async function failure(promise: Promise<unknown>): Promise<EngineError> {
  return promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: EngineError) => error,
  );
}

async function expectAllRight(): Promise<void> {
  const entries = await store.entries('tiny');
  expect(entries).toHaveLength(server.files.size);
  for (const entry of entries) {
    expect(entry.state).toBe('verified');
    const name = entry.path === '@library.wasm' ? 'tiny.wasm' : entry.path;
    const bytes = await new Blob(await wholeChunks(store, entry)).arrayBuffer();
    expect(new Uint8Array(bytes)).toEqual(server.files.get(name));
  }
}

test('a download stores and verifies every file, and a second one fetches nothing', async () => {
  await download();
  await expectAllRight();
  const total = [...server.files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  expect(seen.at(-1)).toMatchObject({ doneBytes: total, totalBytes: total, filesDone: 7, filesTotal: 7 });
  const requests = server.log.length;
  await download();
  expect(server.log).toHaveLength(requests);
});

const passing: [string, Fault[]][] = [
  [
    'a refusal twice',
    [
      { does: 'refuse', status: 503 },
      { does: 'refuse', status: 500 },
    ],
  ],
  ['a request to wait', [{ does: 'refuse', status: 429, retryAfter: '2' }]],
  ['an expired address', [{ does: 'refuse', status: 403 }]],
  ['no network for a moment', [{ does: 'offline' }, { does: 'offline' }]],
  ['a cut connection', [{ does: 'cut', after: 7000 }]],
  ['a body that ends too early', [{ does: 'end', after: 9500 }]],
  ['a stall', [{ does: 'stall', after: 2000 }]],
  ['a login page', [{ does: 'page' }]],
];

test.each(passing)('%s is survived without fetching a byte twice', async (_, faults) => {
  server.faults.set(SHARD, faults);
  await download();
  await expectAllRight();
  expect(server.sent(SHARD)).toBe(20_000);
});

test.each<[string, Fault[]]>([
  ['a flipped bit', [{ does: 'flip', at: 12_345 }]],
  ['bytes too many', [{ does: 'pad' }]],
  ['a server without ranges', [{ does: 'cut', after: 7000 }, { does: 'ignoreRange' }]],
  ['a file that changed in between', [{ does: 'cut', after: 7000 }, { does: 'retag' }]],
])('after %s the file is fetched once more from its start', async (_, faults) => {
  server.faults.set(SHARD, faults);
  await download();
  await expectAllRight();
  expect(server.log.filter((sent) => sent.path === SHARD && sent.from === 0).length).toBeGreaterThanOrEqual(
    2,
  );
});

test('a server that cannot resume is named', async () => {
  server.faults.set(SHARD, [{ does: 'cut', after: 7000 }, { does: 'ignoreRange' }]);
  await download();
  expect(seen.map((progress) => progress.note)).toContainEqual(
    expect.stringMatching(/^This server cannot resume: Shard 2 of 3 .* starts again/),
  );
});

const always = (fault: Fault): Fault[] => Array.from({ length: 20 }, () => fault);

test.each<[string, string, Fault, RegExp]>([
  ['file-damaged', SHARD, { does: 'flip', at: 3 }, /^Shard 2 of 3 \(params_shard_1.bin\) is damaged/],
  ['file-damaged', SHARD, { does: 'page' }, /^Shard 2 of 3 .* is damaged: a web page came/],
  ['file-damaged', 'tiny.wasm', { does: 'end', after: 11 }, /^The model library is damaged/],
  ['file-damaged', 'tokenizer.json', { does: 'end', after: 5 }, /^The file tokenizer.json is damaged/],
  ['not-found', SHARD, { does: 'refuse', status: 404 }, /^Shard 2 of 3 .* is not on the server/],
  ['http-error', SHARD, { does: 'refuse', status: 503 }, /^The server refused to send shard 2 of 3/],
  ['http-error', SHARD, { does: 'refuse', status: 403 }, /refused/],
  ['network-failed', SHARD, { does: 'offline' }, /^The connection broke while fetching shard 2 of 3/],
  ['not-a-model', 'mlc-chat-config.json', { does: 'page' }, /is a web page/],
])('%s is said of %s', async (code, path, fault, message) => {
  server.faults.set(path, always(fault));
  const error = await failure(download());
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
  const states = (await store.entries('tiny')).filter(
    (entry) => server.files.has(entry.path) && entry.path === path,
  );
  for (const entry of states) expect(entry.state).not.toBe('verified');
});

test('cancelling keeps what was received and the next download goes on from there', async () => {
  server.faults.set(SHARD, [{ does: 'stall', after: 8000 }]);
  const stop = new AbortController();
  const cancelled = failure(download(stop.signal));
  await expect.poll(() => server.sent(SHARD)).toBe(8000);
  stop.abort();
  expect((await cancelled).code).toBe('aborted');
  await download();
  await expectAllRight();
  expect(server.sent(SHARD)).toBe(20_000);
});

test('what the disk lost or mixed up is fetched again', async () => {
  await download();
  const entry = (await store.entries('tiny')).find((candidate) => candidate.path === SHARD);
  if (!entry) throw new Error('not stored');
  await store.drop(entry, true);
  await store.putEntries([entry]); // the journal says verified, the chunk is gone
  await download();
  await expectAllRight();
  expect(server.sent(SHARD)).toBe(40_000);
});

test('a model published anew replaces only the files that differ', async () => {
  await download();
  server.files.clear();
  for (const [path, bytes] of await tinyFiles([5000, 21_000, 3000])) server.files.set(path, bytes);
  const lists = (await store.entries('tiny')).filter((entry) => entry.kind === 'tensors');
  for (const entry of lists) await store.drop(entry, true);
  server.log.length = 0;
  await download();
  await expectAllRight();
  expect(server.log.map((sent) => sent.path).sort()).toEqual([SHARD, 'tensor-cache.json']);
});
