import { signal } from '@preact/signals';

/**
 * Which page is shown. The address is `#/`, `#/storage`, `#/play`, `#/measure`, `#/measure/<result id>`, `#/showdown`,
 * `#/showdown/<machine id>`, or a whole result: `#r=…` (`share/link.ts`). Results may carry wishes:
 * `#/measure?plan=quick&variant=demo-q4f32_1`.
 */
export type Route =
  | { page: 'models' }
  | { page: 'storage' }
  | { page: 'play' }
  | MeasureRoute
  | ShowdownRoute
  | { page: 'shared'; link: string };

export interface MeasureRoute {
  page: 'measure';
  /** The id of the result to show; null for the newest. */
  result: string | null;
  /** The plan to measure by, as `bench/plan.ts` writes it. */
  plan?: string;
  /** The id of the variant to measure. */
  variant?: string;
  /** The results to set beside each other: ids, or whole results as in links, with `~` between them. */
  compare?: string;
}

export interface ShowdownRoute {
  page: 'showdown';
  /** Id of the machine that models are judged for; null for the visitor's own. */
  machine: string | null;
}

const WISHES = ['plan', 'variant', 'compare'] as const;

/** A model that the address asks for: `?model=<URL of its folder>&lib=<URL of its library>`. */
export interface AskedModel {
  modelUrl: string;
  libUrl: string;
}

export const route = signal<Route>({ page: 'models' });

export function parseRoute(hash: string): Route {
  if (hash.startsWith('#r=')) return { page: 'shared', link: hash };
  const [path = '', query] = hash.replace(/^#\/?/, '').split('?');
  const [page, part] = path.split('/');
  const id = part ? safeDecode(part) : null;
  if (page === 'play' || page === 'storage') return { page };
  if (page === 'measure') return { page, result: id, ...parseWishes(query) };
  if (page === 'showdown') return { page, machine: id };
  return { page: 'models' };
}

function parseWishes(query = ''): Pick<MeasureRoute, (typeof WISHES)[number]> {
  const wanted = new URLSearchParams(query);
  return Object.fromEntries(WISHES.flatMap((key) => (wanted.get(key) ? [[key, wanted.get(key)]] : [])));
}

/** The address of a route, for links. */
export function addressOf(to: Route): string {
  if (to.page === 'models') return '#/';
  if (to.page === 'shared') return to.link;
  if (to.page === 'measure') return addressOfMeasure(to);
  if (to.page === 'showdown') return `#/showdown${to.machine ? `/${encodeURIComponent(to.machine)}` : ''}`;
  return `#/${to.page}`;
}

function addressOfMeasure(to: MeasureRoute): string {
  const wishes = WISHES.flatMap((key) => (to[key] ? [`${key}=${encodeURIComponent(to[key])}`] : []));
  const query = wishes.length > 0 ? `?${wishes.join('&')}` : '';
  return `#/measure${to.result ? `/${encodeURIComponent(to.result)}` : ''}${query}`;
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
