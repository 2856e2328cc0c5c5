import type { Result } from '../bench/result.ts';
import { doubtsAbout } from '../state/doubts.ts';
import css from './Doubts.module.css';
import { Others } from './Others.tsx';

/** What in a result from elsewhere cannot be; nothing where nothing is found. */
export function Doubts({ result }: { result: Result }) {
  const found = doubtsAbout(result);
  if (found.length === 0) return null;
  return (
    <section class={css.doubts} aria-labelledby="doubts-title">
      <h3 id="doubts-title">This result contradicts itself</h3>
      <ul>
        {found.map(([first, ...others]) => (
          <li key={first}>
            {first}
            <Others texts={others} />
          </li>
        ))}
      </ul>
    </section>
  );
}
