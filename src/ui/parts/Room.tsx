import { size } from '../words.ts';
import { Figure } from './Figure.tsx';

/** The browser is asked in steps of some megabytes, so less than this is as good as nothing. */
const LEAST_BYTES = 1e6;

/** How much more can be stored; null where the browser does not tell. */
export function Room({ bytes }: { bytes: number | null }) {
  if (bytes === null) return <>not disclosed</>;
  return bytes < LEAST_BYTES ? <>next to none</> : <Figure {...size(bytes)} />;
}
