/**
 * Web Locks: how tabs and workers of this origin agree. The browser frees the locks of a context that dies, however it
 * dies, which no flag in a database does. Where there are none, everybody is alone and gets what they ask for.
 * https://developer.mozilla.org/docs/Web/API/Web_Locks_API
 */

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

/** Whether any tab has the lock now. */
export async function isHeld(name: string): Promise<boolean> {
  const state = await (await usable())?.query();
  return state?.held?.some((lock) => lock.name === name) ?? false;
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
