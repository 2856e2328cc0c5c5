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
  const locks = await usable();
  return locks ? locks.request(name, signal ? { signal } : {}, work) : work();
}

/** Runs `work` if the lock is free now, else resolves with null. */
export async function withFreeLock<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  const locks = await usable();
  return locks ? locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : null)) : work();
}

/** Takes a shared lock and resolves with the function that gives it back. */
export async function shareLock(name: string): Promise<() => void> {
  const locks = await usable();
  if (!locks) return () => undefined;
  return new Promise((resolve, reject) => {
    const held = locks.request(
      name,
      { mode: 'shared' },
      () => new Promise<void>((release) => resolve(release)),
    );
    held.catch(reject);
  });
}

/** Null where there are no locks, or none for us: a browser that blocks all site data denies them too. */
async function usable(): Promise<LockManager | null> {
  const locks = globalThis.navigator?.locks;
  return (
    (await locks?.query().then(
      () => locks,
      () => null,
    )) ?? null
  );
}
