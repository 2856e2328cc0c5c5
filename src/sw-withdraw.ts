/**
 * The way out of a broken service worker: published in place of `sw.js`, it takes over at once, deletes the app's own
 * caches and unregisters itself. Browsers look for a new `sw.js` on each visit, so this reaches pages that do not even
 * start. What is open goes on; the next page comes from the network, and models, results and settings stay.
 */
import { SHELL_CACHE } from './shell.ts';

const sw = self as unknown as ServiceWorkerGlobalScope;

sw.addEventListener('install', (event) => event.waitUntil(sw.skipWaiting()));
sw.addEventListener('activate', (event) => event.waitUntil(withdraw()));

async function withdraw(): Promise<void> {
  const own = (await caches.keys()).filter((name) => name.startsWith(SHELL_CACHE));
  await Promise.all(own.map((name) => caches.delete(name)));
  await sw.registration.unregister();
}
