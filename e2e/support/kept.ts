import type { Page } from '@playwright/test';
import type { Key } from '../../src/store.ts';

/** Everything that the page remembers, keys and values, as text; of binary values the length. */
export function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '').sort();
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
    for (const name of names) found.push(name, await readAll(name));
    return JSON.stringify(found, (_, value: unknown) =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? value.byteLength : value,
    );

    async function readAll(name: string): Promise<unknown[]> {
      const database = await settle(indexedDB.open(name));
      const rows = [...database.objectStoreNames].map(async (store) => {
        const rowsOf = database.transaction(store).objectStore(store);
        return [store, await Promise.all([settle(rowsOf.getAllKeys()), settle(rowsOf.getAll())])];
      });
      const all = await Promise.all(rows);
      database.close();
      return all;
    }

    // oxlint-disable-next-line unicorn/consistent-function-scoping -- what runs in the page must be all there
    function settle<T>(request: IDBRequest<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error));
      });
    }
  });
}

/** Puts records where the page keeps what it remembers between visits. Counts from the next visit on. */
export async function remember(page: Page, records: Partial<Record<Key, unknown>>): Promise<void> {
  await page.evaluate(
    (all) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('runs-here-page');
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('kept'));
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction('kept', 'readwrite');
          for (const [key, value] of Object.entries(all)) transaction.objectStore('kept').put(value, key);
          transaction.addEventListener('abort', () => reject(transaction.error));
          transaction.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
        });
      }),
    records,
  );
}
