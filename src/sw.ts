/**
 * The service worker: it keeps the app's own files, so that the page opens without a network. It knows nothing of
 * models: weights live in IndexedDB and never pass through here. It touches only caches that carry its own prefix,
 * and answers only for this origin.
 *
 * One cache is one version. A new version installs beside the old one and waits: it takes over when the last tab of
 * the old one is closed, or when the page says so (`state/update.ts`). An old page that is still open then goes on with
 * the old cache, which stays until no page is left that it may have opened.
 *
 * Hosts that cannot set headers (GitHub Pages) get them from here: isolation for a finer timer, and the policy that
 * binds the workers too, which a policy in a `<meta>` would not.
 */
import { ENGINE_FILE, SHELL_CACHE, type Order } from './shell.ts';

/** TypeScript's WebWorker library types `self` for dedicated workers only. */
const sw = self as unknown as ServiceWorkerGlobalScope;

/** Set at build time, see tools/build/offline.ts. Paths are relative to this script. */
declare const APP_FILES: {
  version: string;
  shell: string[];
  engine: string[];
  headers: Record<string, string>;
};
const FILES = APP_FILES;

const CACHE = SHELL_CACHE + FILES.version;
/** File names with a hash in them never change their content, so an older version's copy is as good as a new one. */
const HASHED = /(?:^|\/)assets\/[^/]+-[\w-]{8,}\.\w+$/;

const known = new Set([...FILES.shell, ...FILES.engine].map(absolute));
/** Files on their way into the cache, so that two who ask fetch them once. */
const coming = new Map<string, Promise<void>>();

sw.addEventListener('install', (event) => event.waitUntil(install()));
sw.addEventListener('activate', (event) => event.waitUntil(activate()));
sw.addEventListener('fetch', (event) => {
  const key = keyOf(event.request);
  if (!key) return;
  if (event.request.mode === 'navigate') event.waitUntil(forgetOlder());
  event.respondWith(respond(key, event.request));
});
sw.addEventListener('message', (event) => {
  const order = event.data as Order;
  if (order === 'take-over') event.waitUntil(sw.skipWaiting());
  if (order === 'keep-engine') event.waitUntil(keepAll(FILES.engine));
});

function absolute(path: string): string {
  return new URL(path === 'index.html' ? './' : path, sw.location.href).href;
}

/** The key under which an answer to this request would be stored, or null when it is none of our business. */
function keyOf(request: Request): string | null {
  if (request.method !== 'GET') return null;
  const url = new URL(request.url);
  if (!url.href.startsWith(sw.registration.scope)) return null;
  url.hash = '';
  url.search = '';
  if (request.mode === 'navigate') return absolute('index.html');
  return known.has(url.href) || HASHED.test(url.pathname) ? url.href : null;
}

async function respond(key: string, request: Request): Promise<Response> {
  const stored = await find(key);
  if (stored) return withHeaders(stored);
  const response = await fetch(request);
  // A full disk must not keep the page from running: what cannot be kept is fetched again next time.
  if (response.ok && known.has(key)) await put(key, response.clone()).catch(() => undefined);
  return withHeaders(response);
}

/** From this version, or else from an older one, whose pages may still be open. */
async function find(key: string): Promise<Response | undefined> {
  const cache = await caches.open(CACHE);
  return (await cache.match(key)) ?? (HASHED.test(key) ? findOlder(key) : undefined);
}

async function findOlder(key: string): Promise<Response | undefined> {
  for (const name of await olderCaches()) {
    const found = await (await caches.open(name)).match(key);
    if (found) return found;
  }
  return undefined;
}

/** The answer with the app's headers, where the host did not send them itself. */
function withHeaders(response: Response): Response {
  if (response.headers.has('content-security-policy')) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(FILES.headers)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/**
 * A first visit keeps the page and asks for the engine a moment later (`keep-engine`), so that two megabytes do not
 * stand between the visitor and a guarded page. A new version is whole before it can take over.
 */
async function install(): Promise<void> {
  await keepAll(FILES.shell);
  if (await hadEngine()) await keepAll(FILES.engine);
}

async function activate(): Promise<void> {
  await forgetOlder();
  await sw.clients.claim();
}

/** Older versions go when no page is open: one of theirs would miss the parts that it has not fetched yet. */
async function forgetOlder(): Promise<void> {
  const pages = await sw.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // A newer one that waits is none of ours to delete.
  if (pages.length > 0 || sw.registration.installing || sw.registration.waiting) return;
  await Promise.all((await olderCaches()).map((name) => caches.delete(name)));
}

async function olderCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(SHELL_CACHE) && name !== CACHE);
}

async function keepAll(paths: string[]): Promise<void> {
  await Promise.all(paths.map(keep));
}

function keep(path: string): Promise<void> {
  const running = coming.get(path);
  if (running) return running;
  const started = fetchOnce(path).finally(() => coming.delete(path));
  coming.set(path, started);
  return started;
}

async function fetchOnce(path: string): Promise<void> {
  const key = absolute(path);
  if (await (await caches.open(CACHE)).match(key)) return;
  const isHashed = HASHED.test(path);
  const older = isHashed ? await findOlder(key) : undefined;
  const response = older ?? (await fetch(key, { cache: isHashed ? 'default' : 'reload' }));
  if (!response.ok) throw new Error(`${key} answered ${response.status}`);
  await put(key, response);
}

async function put(key: string, response: Response): Promise<void> {
  await (await caches.open(CACHE)).put(key, response);
}

async function hadEngine(): Promise<boolean> {
  for (const name of await olderCaches()) {
    const requests = await (await caches.open(name)).keys();
    if (requests.some(({ url }) => ENGINE_FILE.test(new URL(url).pathname))) return true;
  }
  return false;
}
