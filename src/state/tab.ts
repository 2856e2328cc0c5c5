/** This page, for as long as it lives, as other tabs know it. */
export const TAB = crypto.randomUUID();

const ALIVE = 'runs-here-tab:';

let alive: Promise<void> | null = null;

/** Hold a lock that ends with this page, however that comes about: no flag in a database does. */
export function stayKnown(): Promise<void> {
  alive ??= hold(ALIVE + TAB).then(() => undefined);
  return alive;
}

/** The tabs that hold such a lock; null where the browser has no locks for this page. */
export async function knownTabs(): Promise<ReadonlySet<string> | null> {
  const names = await heldLocks();
  return (
    names && new Set(names.filter((name) => name.startsWith(ALIVE)).map((name) => name.slice(ALIVE.length)))
  );
}

/** Names of all locks that this site's tabs hold; null where there are none to be had. */
export async function heldLocks(): Promise<string[] | null> {
  try {
    const { held = [] } = await navigator.locks.query();
    return held.flatMap(({ name }) => name ?? []);
  } catch {
    return null;
  }
}

/** Take a lock and resolve with the function that gives it back. Without locks in this browser, nothing is held. */
export function hold(name: string): Promise<() => void> {
  return new Promise((resolve) => {
    const locks = globalThis.navigator?.locks;
    const held = locks?.request(name, () => new Promise<void>((release) => resolve(release)));
    if (!held) return resolve(() => undefined);
    held.catch(() => resolve(() => undefined));
  });
}
