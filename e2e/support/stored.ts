import type { BrowserContext, Page } from '@playwright/test';

/** A chunk of the demo model, or a record of its journal, by its path. */
const ID = 'demo-q4f32_1';
const DATABASE = 'runs-here-weights';

/** What a bug, a broken disk or an older version may do below the app's own doors. */
export interface Accident {
  store: 'chunks' | 'files';
  /** As IndexedDB takes it; a number at its end is the number of a chunk. */
  key: (string | number)[];
  /** `lose` the record, or put in its place a chunk that is too short, or a journal entry that makes no sense. */
  does: 'lose' | 'shorten' | 'muddle';
}

/** Lets an accident happen to the first chunk, or the journal entry, of a file of the demo model. */
export function accident(page: Page, does: Accident['does'], path: string): Promise<void> {
  const key = does === 'muddle' ? [ID, path] : [ID, path, 0];
  return happen(page, { store: does === 'muddle' ? 'files' : 'chunks', key, does });
}

/** Writes a record that nobody owns. */
export function leaveOver(page: Page, key: Accident['key']): Promise<void> {
  return happen(page, { store: 'chunks', key, does: 'shorten' });
}

function happen(page: Page, what: Accident): Promise<void> {
  return page.evaluate(
    ([name, { store, key, does }]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const change = opening.result.transaction(store, 'readwrite');
          const objects = change.objectStore(store);
          if (does === 'lose') objects.delete(key);
          if (does === 'shorten') objects.put(new Blob(['short']), key);
          if (does === 'muddle') objects.put({ id: key[0], path: key[1], state: 'verified', chunks: 'many' });
          change.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
        });
      }),
    [DATABASE, what] as const,
  );
}

/** How many shards the journal calls verified. */
export async function verifiedShards(page: Page): Promise<number> {
  const files = (await records(page, 'files')) as { kind: string; state: string }[];
  return files.filter(({ kind, state }) => kind === 'shard' && state === 'verified').length;
}

/** Pieces of model files that are in IndexedDB, by their keys, without reading them. */
export async function chunkKeys(page: Page): Promise<unknown[]> {
  return records(page, 'chunks');
}

/** Of the journal its records, of the chunks only the keys. */
function records(page: Page, store: Accident['store']): Promise<unknown[]> {
  return page.evaluate(
    ([name, wanted]) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const objects = opening.result.transaction(wanted).objectStore(wanted);
          const reading: IDBRequest = wanted === 'files' ? objects.getAll() : objects.getAllKeys();
          reading.addEventListener('success', () => {
            opening.result.close();
            resolve(reading.result as unknown[]);
          });
        });
      }),
    [DATABASE, store] as const,
  );
}

/** What "delete site data" does, and a browser that needs the room. */
export async function clearSiteData(context: BrowserContext, page: Page): Promise<void> {
  const debug = await context.newCDPSession(page);
  await debug.send('Storage.clearDataForOrigin', {
    origin: new URL(page.url()).origin,
    storageTypes: 'all',
  });
}

/** A newer release of the app, in the one thing that matters here: its database has one store more. */
export function upgrade(page: Page, version: number): Promise<void> {
  return page.evaluate(
    ([name, next]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name, next);
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('upgradeneeded', () => void opening.result.createObjectStore('newer'));
        opening.addEventListener('success', () => {
          opening.result.close();
          resolve();
        });
      }),
    [DATABASE, version] as const,
  );
}
