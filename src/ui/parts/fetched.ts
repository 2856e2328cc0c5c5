import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { notify } from '../../state/notices.ts';

/** A part of a page that is fetched when it is asked for. */
export interface Fetched<P> {
  /** Null until it was asked for and is there. */
  Part: ComponentType<P> | null;
  ask: () => void;
  /** Away with it again. */
  drop: () => void;
}

export function useFetched<P>(load: () => Promise<ComponentType<P>>): Fetched<P> {
  const [Part, setPart] = useState<ComponentType<P> | null>(null);
  const fetchPart = async () => {
    try {
      const found = await load();
      setPart(() => found);
    } catch {
      notify('This part of the page could not be fetched. Check the connection, then reload the page.');
    }
  };
  return { Part, ask: () => void fetchPart(), drop: () => setPart(null) };
}
