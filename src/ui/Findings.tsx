import { useMemo } from 'preact/hooks';
import type { Result } from '../bench/result.ts';
import { findingsOf } from '../state/report-findings.ts';
import { Others } from './Others.tsx';
import css from './Report.module.css';

/** What to know before a result is believed; nothing where there is no doubt. */
export function Findings({ result }: { result: Result }) {
  const groups = useMemo(() => findingsOf(result), [result]);
  if (groups.length === 0) return null;
  return (
    <section class={css.findings} aria-labelledby="findings-title">
      <h3 id="findings-title">What to keep in mind</h3>
      <ul>
        {groups.map(({ first: { code, text, next }, others }) => (
          <li key={code + text}>
            {text} <span>{next}</span>
            <Others texts={others} />
          </li>
        ))}
      </ul>
    </section>
  );
}
