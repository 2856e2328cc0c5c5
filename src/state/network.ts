import { signal } from '@preact/signals';
import type { Variant } from '../engine/engine.ts';
import { notify } from './notices.ts';
import { go } from './route.ts';

/**
 * Whether there is a network, as far as the browser knows. Only "no" can be relied upon: "yes" may be a router that
 * leads nowhere. https://developer.mozilla.org/docs/Web/API/Navigator/onLine
 */
export const isOnline = signal(globalThis.navigator?.onLine ?? true);

/** A server on this machine is reached without any network. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** Where each stored model says whether it is ready for the plane. */
const PLANE = { label: 'See what is ready', run: () => go({ page: 'storage' }) };

/** Follow the network from now on, and say once when it is not there, goes or comes back. */
export function followNetwork(): void {
  addEventListener('offline', change);
  addEventListener('online', change);
  if (!isOnline.value) tellGone();
}

/** True when a model's files cannot be fetched now, because there is no network. */
export function isOutOfReach({ modelUrl }: Variant): boolean {
  if (isOnline.value) return false;
  const url = URL.canParse(modelUrl, document.baseURI) ? new URL(modelUrl, document.baseURI) : null;
  return !url || !LOOPBACK.test(url.hostname);
}

function change(): void {
  if (isOnline.value === navigator.onLine) return;
  isOnline.value = navigator.onLine;
  if (isOnline.value) notify('The network is back.');
  else tellGone();
}

function tellGone(): void {
  notify('There is no network now. What is stored here runs on.', { action: PLANE });
}
