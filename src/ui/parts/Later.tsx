import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Props<P> {
  /** Fetches the component; must be the same function every time. */
  load: () => Promise<ComponentType<P>>;
  /** What the component is given. */
  give: P;
}

/** A part of a page that is fetched when it is first shown; nothing stands in its place until then. */
export function Later<P extends object>({ load, give }: Props<P>) {
  const [Part, setPart] = useState<ComponentType<P> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    load().then(
      (found) => setPart(() => found),
      () => setFailed(true),
    );
  }, [load]);
  if (failed) return <p>This part could not be fetched. Check the connection, then reload the page.</p>;
  return Part && <Part {...give} />;
}
