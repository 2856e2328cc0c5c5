import { useEffect, useState } from 'preact/hooks';
import { Block } from './Block.tsx';

/** So many blocks, of the largest size, are drawn before the page may do something else. */
const STEP = 5;

/** The blocks of a finished answer. A very long one appears from its beginning, step by step. */
export function Blocks({ sources }: { sources: readonly string[] }) {
  const [shown, setShown] = useState(STEP);
  useEffect(() => {
    if (shown >= sources.length) return;
    const timer = setTimeout(() => setShown(shown + STEP));
    return () => clearTimeout(timer);
  }, [shown, sources.length]);
  return (
    <>
      {sources.slice(0, shown).map((source, index) => (
        <Block key={index} source={source} />
      ))}
    </>
  );
}
