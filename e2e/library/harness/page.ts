/** The harness page: one worker with the unmodified engine, reachable from tests as `window.lab`. */
import * as Comlink from 'comlink';
import type { Lab } from './worker.ts';

declare global {
  interface Window {
    lab: Comlink.Remote<Lab>;
  }
}

window.lab = Comlink.wrap<Lab>(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
