/** What the page and the service worker both know of the app's own files, which the service worker keeps. */

/** Caches of the service worker: one for each version of the app. It touches no others. */
export const SHELL_CACHE = 'runs-here-shell-';

/** The file that holds the engine; see `tools/build/engine.ts`. */
export const ENGINE_FILE = /(?:^|\/)assets\/web-llm-[^/]+\.js$/;

/** What a page may ask of the service worker: to replace the one before it, or to fetch the engine as well. */
export type Order = 'take-over' | 'keep-engine';
