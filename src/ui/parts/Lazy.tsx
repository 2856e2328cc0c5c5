import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failure } from './Failure.tsx';

interface Props {
  /** Fetches the component; must be the same function every time. */
  load: () => Promise<ComponentType>;
  /** Its heading, there from the start. */
  title: string;
}

/** A page that is fetched when it is first shown. */
export function Lazy({ load, title }: Props) {
  const [Page, setPage] = useState<ComponentType | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    load().then(
      (component) => setPage(() => component),
      () => setFailed(true),
    );
  }, [load]);
  if (Page) return <Page />;
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      {failed && (
        <Failure
          code="network-failed"
          message="This part of the page could not be fetched."
          hint="Check the connection, then reload the page."
        />
      )}
    </>
  );
}
