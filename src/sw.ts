/**
 * The service worker: it keeps the app's own files, so that the page opens without a network. It knows nothing of
 * models: weights live in IndexedDB and never pass through here. It touches only caches that carry its own prefix,
 * and answers only for this origin.
 *
 * One cache is one version. A new version installs beside the old one and waits: it takes over when the last tab of
 * the old one is closed, or when the page says so. Old pages therefore keep their old lazy chunks.
 *
 * Hosts that cannot set headers (GitHub Pages) get them from here: isolation for a finer timer, and the policy that
 * binds the workers too, which a policy in a `<meta>` would not.
 */

/** TypeScript's WebWorker library types `self` for dedicated workers only. */
const sw = self as unknown as ServiceWorkerGlobalScope;

/** Set at build time, see tools/build/offline.ts. Paths are relative to this script. */
declare const APP_FILES: {
  version: string;
  precache: string[];
  onDemand: string[];
  headers: Record<string, string>;
};
const FILES = APP_FILES;

const PREFIX = 'runs-here-shell-';
const CACHE = PREFIX + FILES.version;
/** File names with a hash in them never change their content, so an older version's copy is as good as a new one. */
const HASHED = /^assets\/.+-[\w-]{8,}\.\w+$/;

const known = new Set([...FILES.precache, ...FILES.onDemand].map(absolute));

sw.addEventListener('install', (event) => event.waitUntil(install()));
sw.addEventListener('activate', (event) => event.waitUntil(activate()));
sw.addEventListener('fetch', (event) => {
  const url = keyOf(event.request);
  if (url) event.respondWith(respond(url, event.request));
});
sw.addEventListener('message', (event) => {
  if (event.data === 'take-over') void sw.skipWaiting();
  if (event.data === 'keep-engine') event.waitUntil(keepOnDemand());
});

function absolute(path: string): string {
  return new URL(path === 'index.html' ? './' : path, sw.location.href).href;
}

/** The key under which an answer to this request would be stored, or null when it is none of our business. */
function keyOf(request: Request): string | null {
  if (request.method !== 'GET') return null;
  const url = new URL(request.url);
  url.hash = '';
  url.search = '';
  if (request.mode === 'navigate' && url.href.startsWith(sw.registration.scope))
    return absolute('index.html');
  return known.has(url.href) ? url.href : null;
}

async function respond(key: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const stored = await cache.match(key);
  if (stored) return withHeaders(stored);
  const response = await fetch(request);
  // A full disk must not keep the page from running: what cannot be kept is fetched again next time.
  if (response.ok) await cache.put(key, response.clone()).catch(() => undefined);
  return withHeaders(response);
}

/** The answer with the app's headers, where the host did not send them itself. */
function withHeaders(response: Response): Response {
  if (response.headers.has('content-security-policy')) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(FILES.headers)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.precache.map((path) => keep(cache, path)));
  // Whoever had the engine wants to have it in the new version too, or the next flight would be without it.
  if (await hadEngine()) await keepOnDemand();
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((n) => n.startsWith(PREFIX) && n !== CACHE).map((n) => caches.delete(n)));
  await sw.clients.claim();
}

async function keepOnDemand(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.onDemand.map((path) => keep(cache, path)));
}

async function keep(cache: Cache, path: string): Promise<void> {
  const key = absolute(path);
  if (await cache.match(key)) return;
  const older = HASHED.test(path) ? await fromOlderVersion(key) : undefined;
  const response = older ?? (await fetch(key, { cache: HASHED.test(path) ? 'default' : 'reload' }));
  if (!response.ok) throw new Error(`${key} answered ${response.status}`);
  await cache.put(key, response);
}

async function fromOlderVersion(key: string): Promise<Response | undefined> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const found = await (await caches.open(name)).match(key);
    if (found) return found;
  }
  return undefined;
}

async function hadEngine(): Promise<boolean> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === CACHE) continue;
    const requests = await (await caches.open(name)).keys();
    if (requests.some((request) => request.url.includes('/assets/web-llm-'))) return true;
  }
  return false;
}
