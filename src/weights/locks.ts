/**
 * Web Locks: how tabs and workers agree about one model. The browser frees the locks of a context that dies, however
 * it dies, which no flag in a database does.
 *
 *     runs-here-weights:write:<id>   exclusive, while files of the model are fetched, checked or deleted
 *     runs-here-weights:use:<id>     shared by the engines that have it open; exclusive for deleting it
 */
export function writeLock(id: string): string {
  return `runs-here-weights:write:${id}`;
}

export function useLock(id: string): string {
  return `runs-here-weights:use:${id}`;
}

/** Runs `work` as soon as the lock is free. Aborting while it waits rejects with the signal's reason. */
export async function withLock<T>(
  name: string,
  signal: AbortSignal | null,
  work: () => Promise<T>,
): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  return locks.request(name, signal ? { signal } : {}, work);
}

/** Runs `work` if the lock is free now, else resolves with null. */
export async function withFreeLock<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  return locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : null));
}

/** Takes a shared lock and resolves with the function that gives it back. */
export function shareLock(name: string): Promise<() => void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    const held = locks.request(
      name,
      { mode: 'shared' },
      () => new Promise<void>((release) => resolve(release)),
    );
    held.catch(reject);
  });
}
