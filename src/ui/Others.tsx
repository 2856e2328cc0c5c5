import css from './Others.module.css';

/** The same doubt about other cases: said in full one click away, so that many cases do not bury the rest. */
export function Others({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <details class={css.others}>
      <summary>
        {texts.length === 1 ? 'and one more case like it' : `and ${texts.length} more like it`}
      </summary>
      <ul>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  );
}
