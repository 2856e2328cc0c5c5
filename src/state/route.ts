import { signal } from '@preact/signals';

/** Which page is shown. The address is `#/`, `#/play`, `#/measure` or `#/measure/<result id>`. */
export type Route = { page: 'models' } | { page: 'play' } | { page: 'measure'; result: string | null };

/** A model that the address asks for: `?model=<URL of its folder>&lib=<URL of its library>`. */
export interface AskedModel {
  modelUrl: string;
  libUrl: string;
}

export const route = signal<Route>({ page: 'models' });

export function parseRoute(hash: string): Route {
  const [page, result] = hash.replace(/^#\/?/, '').split('/');
  if (page === 'play') return { page };
  if (page === 'measure') return { page, result: result ? safeDecode(result) : null };
  return { page: 'models' };
}

/** The address of a route, for links. */
export function addressOf(to: Route): string {
  if (to.page === 'models') return '#/';
  if (to.page === 'measure' && to.result) return `#/measure/${encodeURIComponent(to.result)}`;
  return `#/${to.page}`;
}

export function go(to: Route): void {
  route.value = to;
  const address = addressOf(to);
  if (location.hash !== address) location.hash = address;
}

/** Follow the address bar from now on. */
export function followAddress(): void {
  addEventListener('hashchange', readAddress);
  readAddress();
}

function readAddress(): void {
  route.value = parseRoute(location.hash);
}

/** The model that the address asks for, or null. Both parts are needed; nothing is fetched here. */
export function parseAsked(search: string): AskedModel | null {
  const query = new URLSearchParams(search);
  const modelUrl = query.get('model')?.trim();
  if (!modelUrl) return null;
  return { modelUrl, libUrl: query.get('lib')?.trim() ?? '' };
}

function safeDecode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
