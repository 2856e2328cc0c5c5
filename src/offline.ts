/** The page's side of the service worker. */

type Listener = (waiting: ServiceWorker) => void;

const listeners = new Set<Listener>();
let registration: ServiceWorkerRegistration | null = null;

/**
 * Registers the service worker. Resolves to false where there is none (private window, plain http, `vite dev`):
 * the app then works as long as the network does, and says so.
 */
export async function registerOffline(): Promise<boolean> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return false;
  try {
    registration = await navigator.serviceWorker.register('./sw.js', { updateViaCache: 'none' });
  } catch {
    return false;
  }
  watch(registration);
  isolateOnce();
  return true;
}

/** Calls back when a new version of the app is installed and waits for permission to take over. */
export function onUpdate(listener: Listener): () => void {
  listeners.add(listener);
  if (registration?.waiting && navigator.serviceWorker.controller) listener(registration.waiting);
  return () => listeners.delete(listener);
}

/** Makes sure that the engine is kept too, not only the page. Called once a model has been loaded. */
export async function keepEngineOffline(): Promise<void> {
  if (!registration) return;
  const ready = await navigator.serviceWorker.ready;
  ready.active?.postMessage('keep-engine');
}

/** The file that holds the engine; see `tools/build/engine.ts`. */
const ENGINE_FILE = /\/assets\/web-llm-[^/]+\.js$/;

/** Whether the service worker has the whole app, the engine included, so that it starts without a network. */
export async function isShellKept(): Promise<boolean> {
  if (!('caches' in globalThis) || !registration?.active) return false;
  try {
    const names = (await caches.keys()).filter((name) => name.startsWith('runs-here-shell-'));
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().some(({ url }) => ENGINE_FILE.test(new URL(url).pathname));
  } catch {
    return false; // site data is blocked here
  }
}

function watch(current: ServiceWorkerRegistration): void {
  current.addEventListener('updatefound', () => {
    const incoming = current.installing;
    incoming?.addEventListener('statechange', () => {
      // Without a controller this is the first visit, and nothing is being replaced.
      if (incoming.state !== 'installed' || !navigator.serviceWorker.controller) return;
      for (const listener of listeners) listener(incoming);
    });
  });
}

/**
 * On a host that sets no headers, the service worker adds those that isolate the page (timer steps of 0.005 ms
 * instead of 0.1 ms). They count from the next navigation on, so one silent reload follows the first visit: only
 * before any input, and once per tab, so that a browser that refuses isolation does not reload for ever.
 */
function isolateOnce(): void {
  if (crossOriginIsolated) return;
  if (navigator.serviceWorker.controller) reloadSilently();
  else navigator.serviceWorker.addEventListener('controllerchange', reloadSilently, { once: true });
}

function reloadSilently(): void {
  if (!navigator.userActivation?.hasBeenActive && !remembered()) location.reload();
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
