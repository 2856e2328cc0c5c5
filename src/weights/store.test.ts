import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { Database, type Migration } from './database.ts';
import { newEntry, type Entry } from './journal.ts';
import { tiny } from './scripted.ts';
import { DATABASE, IdbStore, wholeChunks } from './store.ts';

vi.stubGlobal('IDBKeyRange', IDBKeyRange);

const entry = newEntry('tiny', {
  path: 'a.bin',
  url: 'https://model.example/tiny/a.bin',
  sizeBytes: 6,
  md5: null,
  sha256: null,
  kind: 'shard',
});
let store: IdbStore;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  store = new IdbStore();
});

/** Writes below the store's own interface, as a bug, an older version or a broken disk would. */
async function raw(storeName: string, work: (objects: IDBObjectStore) => void): Promise<void> {
  await store.entries();
  const db = await open();
  const tx = db.transaction(storeName, 'readwrite');
  work(tx.objectStore(storeName));
  await new Promise((resolve) => tx.addEventListener('complete', resolve));
  db.close();
}

function open(version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, version);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

async function twoChunks(): Promise<Entry> {
  const partial = await store.append(entry, new Blob(['abc']));
  expect(partial).toMatchObject({ state: 'partial', chunks: [3] });
  return store.append(partial, new Blob(['def']));
}

test('chunks come back in order, and the entry knows when it is whole', async () => {
  const whole = await twoChunks();
  expect(whole.state).toBe('whole');
  expect(await new Blob(await wholeChunks(store, whole)).text()).toBe('abcdef');
  expect(await store.entries('tiny')).toEqual([whole]);
  expect(await store.entries('tin')).toEqual([]);
});

test('models with names that begin alike do not touch each other', async () => {
  const whole = await twoChunks();
  const other = await store.append({ ...entry, id: 'tiny-2' }, new Blob(['xyz']));
  await store.remove('tiny');
  expect(await store.entries()).toEqual([other]);
  await expect(wholeChunks(store, whole)).rejects.toMatchObject({ code: 'weights-missing' });
});

test('a journal that counts more than there is is not believed', async () => {
  const whole = await twoChunks();
  await store.mark({ ...whole, state: 'verified' });
  await raw('chunks', (chunks) => chunks.delete(['tiny', 'a.bin', 1]));
  expect(await store.entries('tiny')).toMatchObject([{ state: 'partial', chunks: [3] }]);
  await raw('chunks', (chunks) => chunks.delete(['tiny', 'a.bin', 0]));
  expect(await store.entries('tiny')).toMatchObject([{ state: 'absent', chunks: [] }]);
  expect(await store.entries()).toEqual(await store.entries('tiny'));
});

test.each([[null], ['text'], [new Blob(['ab'])], [{ data: null }]])(
  'a chunk that is %s is not given out',
  async (wrong) => {
    const whole = await twoChunks();
    await raw('chunks', (chunks) => chunks.put(wrong, ['tiny', 'a.bin', 1]));
    await expect(wholeChunks(store, whole)).rejects.toMatchObject({ code: 'weights-missing' });
  },
);

test('a record of a wrong type is a file or a model of which nothing is stored', async () => {
  await raw('files', (files) => files.put({ id: 'tiny', path: 'a.bin', state: 'verified', chunks: 'many' }));
  await raw('models', (models) => models.put({ id: 'tiny', addedMs: 'yesterday' }));
  await raw('files', (files) => files.put({ id: 'tiny', path: 7 }));
  expect(await store.entries('tiny')).toMatchObject([{ path: 'a.bin', state: 'absent', chunks: [] }]);
  expect(await store.models()).toEqual([]);
});

test('a sweep deletes what nobody owns, and nothing else', async () => {
  const whole = await twoChunks();
  await store.putModel({ id: 'tiny', variant: tiny, addedMs: 1, usedMs: 1 });
  await store.append({ ...entry, id: 'gone' }, new Blob(['xyz']));
  await raw('chunks', (chunks) => chunks.put(new Blob(['left over']), ['tiny', 'a.bin', 7]));
  await store.sweep();
  expect(await store.entries()).toEqual([whole]);
  const db = await open();
  const keys = db.transaction('chunks').objectStore('chunks').getAllKeys();
  await new Promise((resolve) => keys.addEventListener('success', resolve));
  expect(keys.result).toHaveLength(2);
  db.close();
});

test('a store that was closed, or deleted with the site data, opens again', async () => {
  const whole = await twoChunks();
  await store.close();
  expect(await store.entries()).toEqual([whole]);
  await new Promise((resolve) => indexedDB.deleteDatabase(DATABASE).addEventListener('success', resolve));
  expect(await store.entries()).toEqual([]);
  await twoChunks();
});

test('data of a newer version stays as it is, and the page says to reload', async () => {
  const whole = await twoChunks();
  (await open(2)).close();
  await expect(store.entries()).rejects.toMatchObject({ code: 'storage-unavailable', hint: /Reload/ });
  const db = await open();
  expect([...db.objectStoreNames]).toEqual(['chunks', 'files', 'models']);
  const count = db.transaction('files').objectStore('files').count();
  await new Promise((resolve) => count.addEventListener('success', resolve));
  expect(count.result).toBe([whole].length);
  db.close();
});

test('a migration runs once, keeps what was stored, and makes older tabs step aside', async () => {
  await twoChunks();
  const steps: number[] = [];
  const migrations: Migration[] = [
    () => steps.push(0),
    (db) => {
      steps.push(1);
      db.createObjectStore('notes');
    },
  ];
  const newer = new IdbStore(DATABASE, migrations);
  expect(await newer.entries()).toHaveLength(1);
  expect(await newer.entries()).toHaveLength(1);
  expect(steps).toEqual([1]);
  await expect(store.entries()).rejects.toMatchObject({ code: 'storage-unavailable' });
});

test('no IndexedDB, a refused one and a full one are told apart', async () => {
  vi.stubGlobal('indexedDB', undefined);
  await expect(store.models()).rejects.toMatchObject({ code: 'storage-unavailable' });
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('no', 'SecurityError');
    },
  });
  await expect(store.models()).rejects.toMatchObject({ code: 'storage-unavailable' });
  vi.stubGlobal('indexedDB', new IDBFactory());
  const full = new Database('full', [(db) => db.createObjectStore('a')]);
  const write = full.run(['a'], 'readwrite', async () => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await expect(write).rejects.toMatchObject({ code: 'storage-full' });
});
