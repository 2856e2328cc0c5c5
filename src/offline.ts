/** The page's side of the service worker. */
import { ENGINE_FILE, SHELL_CACHE, type Order } from './shell.ts';

/** How long a new version may take to replace the old one; it takes milliseconds, or never happens. */
const TAKE_OVER_MS = 5_000;
/** A page that stays open for days looks for a new version when it is come back to, at most this often. */
const LOOK_AGAIN_MS = 3_600_000;

const listeners = new Set<() => void>();
let registration: ServiceWorkerRegistration | null = null;

/**
 * Registers the service worker. Resolves to false where there is none (private window, plain http, `vite dev`):
 * the app then works as long as the network does, and says so.
 *
 * @param isUntouched whether a reload would take nothing away from the visitor
 */
export async function registerOffline(isUntouched: () => boolean): Promise<boolean> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return false;
  try {
    registration = await navigator.serviceWorker.register('./sw.js', { updateViaCache: 'none' });
  } catch {
    return false;
  }
  watch(registration);
  isolateOnce(isUntouched);
  return true;
}

/** A new version of the app is whole and waits for permission to take over. */
export function isUpdateWaiting(): boolean {
  return Boolean(registration?.waiting && navigator.serviceWorker.controller);
}

/** Calls back when a new version has come while this page was open. */
export function onUpdate(listener: () => void): void {
  listeners.add(listener);
}

/**
 * Lets the version that waits take over: from then on pages are opened with it. Those that are open stay what they
 * are. Resolves to false when nothing changed.
 */
export function takeOver(): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true });
    setTimeout(resolve, TAKE_OVER_MS, false);
    tell(registration?.waiting, 'take-over');
  });
}

/** Makes sure that the engine is kept too, not only the page. */
export async function keepEngineOffline(): Promise<void> {
  if (!registration) return;
  tell((await navigator.serviceWorker.ready).active, 'keep-engine');
}

/** Whether the service worker has the whole app, the engine included, so that it starts without a network. */
export async function isShellKept(): Promise<boolean> {
  if (!('caches' in globalThis) || !registration?.active) return false;
  await comeUnderControl();
  try {
    const names = (await caches.keys()).filter((name) => name.startsWith(SHELL_CACHE));
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().some(({ url }) => ENGINE_FILE.test(new URL(url).pathname));
  } catch {
    return false; // site data is blocked here
  }
}

/**
 * A page that is older than its service worker comes under it a moment later, and asks the network until then. One that was
 * reloaded past it on purpose never does; the next visit will.
 */
function comeUnderControl(): Promise<void> {
  if (navigator.serviceWorker.controller) return Promise.resolve();
  return new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
    setTimeout(resolve, TAKE_OVER_MS);
  });
}

function tell(worker: ServiceWorker | null | undefined, order: Order): void {
  worker?.postMessage(order);
}

function watch(current: ServiceWorkerRegistration): void {
  current.addEventListener('updatefound', () => {
    const incoming = current.installing;
    incoming?.addEventListener('statechange', () => {
      // Without a controller this is the first visit, and nothing is being replaced.
      if (incoming.state !== 'installed' || !navigator.serviceWorker.controller) return;
      for (const listener of listeners) listener();
    });
  });
  let lookedMs = performance.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || performance.now() - lookedMs < LOOK_AGAIN_MS) return;
    lookedMs = performance.now();
    current.update().catch(() => undefined); // there is no network: another time
  });
}

/**
 * On a host that sets no headers, the service worker adds those that isolate the page (timer steps of 0.005 ms
 * instead of 0.1 ms). They count from the next navigation on, so one silent reload follows the first visit: only while
 * the page is untouched, and once per tab, so that a browser that refuses isolation does not reload for ever.
 */
function isolateOnce(isUntouched: () => boolean): void {
  if (crossOriginIsolated) return;
  const reload = () => {
    if (isUntouched() && !remembered()) location.reload();
  };
  if (navigator.serviceWorker.controller) reload();
  else navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
}

/** True when this tab has reloaded for isolation before, or cannot remember whether it has. */
function remembered(): boolean {
  try {
    if (sessionStorage.getItem('isolated')) return true;
    sessionStorage.setItem('isolated', 'tried');
    return false;
  } catch {
    return true;
  }
}
