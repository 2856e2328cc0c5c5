import { createHash } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { LIBRARY_PATH, storedUrl } from './address.ts';
import { installCaches } from './caches.ts';
import { Keeper } from './keeper.ts';
import { storageFull } from './problems.ts';
import { serve } from './remote.ts';
import { ScriptedServer, tiny, tinyFiles } from './scripted.ts';
import { IdbStore } from './store.ts';
import { writeTar } from './tar.ts';
import type { DownloadProgress, GivenFile } from './weights.ts';

vi.stubGlobal('IDBKeyRange', IDBKeyRange);

const SHARD = 'params_shard_1.bin';
let store: IdbStore;
let server: ScriptedServer;
let keeper: Keeper;

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  store = new IdbStore();
  server = new ScriptedServer(await tinyFiles([5000, 20_000, 3000]));
  keeper = keeperWith();
});

function keeperWith(makeRoom = (() => Promise.resolve()) as (bytes: number) => Promise<void>): Keeper {
  return new Keeper(store, {
    fetch: server.fetch,
    sleep: () => Promise.resolve(),
    random: () => 0.5,
    makeRoom,
  });
}

async function damage(path: string): Promise<void> {
  const entry = (await store.entries('tiny')).find((candidate) => candidate.path === path);
  if (!entry) throw new Error(`no ${path}`);
  await store.drop(entry, true);
  const wrong = await store.append(
    { ...entry, chunks: [] },
    new Blob([new Uint8Array(entry.sizeBytes ?? 1)]),
  );
  await store.mark({ ...wrong, state: 'verified' });
}

function sha256(bytes: Uint8Array | number[]): string {
  return createHash('sha256').update(Uint8Array.from(bytes)).digest('hex');
}

function given(): GivenFile[] {
  return [...server.files].map(([path, bytes]) => ({
    path: `My-Model-q4f16_1/${path}`,
    blob: new Blob([bytes]),
  }));
}

test('a model is listed as partial while it grows, and as verified when it is done', async () => {
  expect(await keeper.list()).toEqual([]);
  server.faults.set(SHARD, [{ does: 'refuse', status: 404 }]);
  await expect(keeper.download(tiny)).rejects.toMatchObject({ code: 'not-found' });
  expect(await keeper.list()).toMatchObject([{ id: 'tiny', state: 'partial', variant: tiny }]);
  expect(await keeper.ready('tiny')).toMatchObject({ isReady: false });
  const model = await keeper.download(tiny);
  expect(model).toMatchObject({ state: 'verified', storedBytes: model.totalBytes });
  expect(await keeper.ready('tiny')).toMatchObject({
    isReady: true,
    config: true,
    tokenizer: true,
    library: true,
    shardsVerified: 3,
    shardsTotal: 3,
  });
  await keeper.remove('tiny');
  expect(await keeper.list()).toEqual([]);
});

test('verifying again finds what went bad, and the next download heals it', async () => {
  await keeper.download(tiny);
  expect(await keeper.verify('tiny')).toMatchObject({ dropped: [], model: { state: 'verified' } });
  await damage(SHARD);
  await damage(LIBRARY_PATH);
  const seen: DownloadProgress[] = [];
  const verification = await keeper.verify('tiny', { onProgress: (progress) => seen.push(progress) });
  expect(verification.dropped.sort()).toEqual([LIBRARY_PATH, SHARD]);
  expect(seen.at(-1)).toMatchObject({ phase: 'checking', filesDone: 7 });
  server.log.length = 0;
  await keeper.download(tiny);
  expect(server.log.map((sent) => sent.path).sort()).toEqual([SHARD, 'tiny.wasm']);
});

test('too little room is said before the first shard, and named when it runs out in the middle', async () => {
  const crowded = keeperWith((bytes) => Promise.reject(storageFull(bytes)));
  await expect(crowded.download(tiny)).rejects.toMatchObject({
    code: 'storage-full',
    message: /28 kB too little/,
  });
  expect(server.sent('params_shard_0.bin')).toBe(0);
  let asked = 0;
  const filling = keeperWith((bytes) => (asked++ ? Promise.reject(storageFull(bytes)) : Promise.resolve()));
  vi.spyOn(store, 'append').mockImplementationOnce(() => Promise.reject(storageFull(null)));
  await expect(filling.download(tiny)).rejects.toMatchObject({
    code: 'storage-full',
    message: /kB too little/,
  });
  vi.restoreAllMocks();
  expect(await keeper.download(tiny)).toMatchObject({ state: 'verified' });
});

test('what does not fit runs from memory: what is stored is used, and nothing on the disk is changed', async () => {
  server.faults.set(SHARD, [{ does: 'refuse', status: 404 }]);
  await keeper.download(tiny).catch(() => undefined);
  const crowded = keeperWith((bytes) => Promise.reject(storageFull(bytes)));
  await expect(crowded.download(tiny)).rejects.toMatchObject({ code: 'storage-full' });
  const before = await store.entries('tiny');
  server.log.length = 0;
  const notes = new Set<string | null>();
  const model = await crowded.download(tiny, { inMemory: true, onProgress: ({ note }) => notes.add(note) });
  expect(model).toMatchObject({ state: 'verified', isKept: false });
  expect([...notes].join()).toMatch(/kept in memory until this page is closed/);
  expect(server.log.map((sent) => sent.path)).not.toContain('mlc-chat-config.json');
  expect(await store.entries('tiny')).toEqual(before);
  expect(await crowded.list()).toMatchObject([{ id: 'tiny', isKept: false }]);
  expect(await crowded.ready('tiny')).toMatchObject({ isReady: true });
  expect(await crowded.verify('tiny')).toMatchObject({ dropped: [] });
  await crowded.remove('tiny');
  expect(await crowded.list()).toEqual([]);
});

test('an export is imported elsewhere without the network, checked like a download', async () => {
  await keeper.download(tiny);
  const tar = await keeper.export('tiny');
  vi.stubGlobal('indexedDB', new IDBFactory());
  store = new IdbStore();
  const offline = new Keeper(store, {
    fetch: () => Promise.reject(new TypeError('offline')),
    makeRoom: async () => undefined,
  });
  const model = await offline.import([{ path: 'tiny.tar', blob: tar }], null);
  expect(model).toMatchObject({ id: 'tiny', state: 'verified', variant: { modelUrl: tiny.modelUrl } });
  const bytes = new Uint8Array(await tar.arrayBuffer());
  const inShard = Math.round(bytes.length / 2);
  bytes[inShard] = (bytes[inShard] ?? 0) ^ 1;
  await offline.remove('tiny');
  const damaged = offline.import([{ path: 'tiny.tar', blob: new Blob([bytes]) }], null);
  await expect(damaged).rejects.toMatchObject({
    code: 'file-damaged',
    message: 'tiny.tar is damaged: its file params_shard_1.bin is not as it should be.',
  });
});

test('a tar of a folder in MLC layout is imported as the folder', async () => {
  const tar = await writeTar(given());
  expect(await keeper.import([{ path: 'other.tar', blob: tar }], null)).toMatchObject({
    id: 'My-Model-q4f16_1',
    state: 'verified',
  });
  const flat = await writeTar(given().map(({ path, blob }) => ({ path: `./${path.split('/')[1]}`, blob })));
  expect(await keeper.import([{ path: 'flat.tar', blob: flat }], null)).toMatchObject({ state: 'verified' });
});

test('what is pinned stays pinned through export and import', async () => {
  const pin = { 'tokenizer.json': sha256(server.files.get('tokenizer.json') ?? []) };
  await keeper.download({ ...tiny, sha256: pin });
  const tar = await keeper.export('tiny');
  await keeper.remove('tiny');
  const model = await keeper.import([{ path: 'tiny.tar', blob: tar }], null);
  expect(model.variant.sha256).toEqual(pin);
});

test('a folder in MLC layout is imported, as itself or as a model of the catalogue', async () => {
  expect(await keeper.import(given(), null)).toMatchObject({
    id: 'My-Model-q4f16_1',
    state: 'verified',
    variant: { features: ['shader-f16'] },
  });
  expect(await keeper.import(given(), tiny)).toMatchObject({ id: 'tiny', state: 'verified' });
  expect(server.log).toEqual([]);
});

test.each<[RegExp, (files: GivenFile[]) => GivenFile[]]>([
  [
    /^My-Model-q4f16_1 holds no model: there is no mlc-chat-config.json/,
    (files) => files.filter((file) => !file.path.endsWith('config.json')),
  ],
  [/^My-Model-q4f16_1 has no model library/, (files) => files.filter((file) => !file.path.endsWith('.wasm'))],
  [
    /more than one model library/,
    (files) => [...files, { path: 'My-Model-q4f16_1/b.wasm', blob: new Blob(['x']) }],
  ],
  [/^holiday.jpg is not an exported model/, () => [{ path: 'holiday.jpg', blob: new Blob(['jpeg']) }]],
  [
    /^My-Model-q4f16_1 is not complete: there is no params_shard_1.bin/,
    (files) => files.filter((file) => !file.path.endsWith(SHARD)),
  ],
])('files that are no model are refused: %s', async (message, change) => {
  await expect(keeper.import(change(given()), null)).rejects.toThrowError(message);
});

test('the engine finds verified files as caches, and nothing else', async () => {
  server.faults.set(SHARD, [{ does: 'refuse', status: 404 }]);
  await keeper.download(tiny).catch(() => undefined);
  const face = installCaches(store);
  const cache = await caches.open('webllm/model');
  const url = storedUrl('tiny', SHARD);
  expect(await cache.match(new Request(url))).toBeUndefined();
  await expect(cache.add(new Request(url))).rejects.toMatchObject({ code: 'weights-missing' });
  await keeper.download(tiny);
  const found = await cache.match(new Request(url));
  expect(new Uint8Array((await found?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(server.files.get(SHARD));
  const config = await cache.match(new Request(storedUrl('tiny', 'mlc-chat-config.json')));
  expect(await config?.json()).toEqual({ tokenizer_files: ['tokenizer.json'] });
  expect((await cache.keys()).map((request) => request.url)).toContain(url);
  expect(await cache.match('https://example.org/other.bin')).toBeUndefined();
  face.close();
});

test('errors cross the port as data, and a cancel reaches its job', async () => {
  const remote = serve(keeper);
  server.faults.set(SHARD, [{ does: 'refuse', status: 404 }]);
  expect(await remote.run(1, 'download', [tiny], null)).toMatchObject({ ok: false, code: 'not-found' });
  server.faults.set(SHARD, [{ does: 'stall', after: 10 }]);
  const running = remote.run(2, 'download', [tiny], null);
  await expect.poll(() => server.sent(SHARD)).toBe(10);
  remote.cancel(2);
  expect(await running).toMatchObject({ ok: false, code: 'aborted' });
  expect(await remote.run(3, 'list', [], null)).toMatchObject({ ok: true, value: [{ id: 'tiny' }] });
});
