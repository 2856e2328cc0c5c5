import type { Result } from '../bench/result.ts';
import css from './FeelIt.module.css';
import { Button } from './parts/Button.tsx';
import { useFetched } from './parts/fetched.ts';

const load = () => import('./FeelItLanes.tsx').then(({ FeelItLanes }) => FeelItLanes);

/** The way from a number to what it feels like. */
export function FeelIt({ result }: { result: Result }) {
  const { Part, ask } = useFetched(load);
  if (Part) return <Part result={result} />;
  return (
    <div class={css.offer}>
      <Button onClick={ask}>Feel it</Button>
      <p>Watch text come at this speed, beside 12 tok/s or as fast as people read.</p>
    </div>
  );
}
