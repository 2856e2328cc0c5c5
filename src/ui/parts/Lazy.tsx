import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure } from './Failure.tsx';

interface Props {
  /** Fetches the component; must be the same function every time. */
  load: () => Promise<ComponentType>;
  /** Its heading, there from the start. */
  title: string;
}

interface Fetched {
  Page: ComponentType;
  /** The heading shown meanwhile had the focus, so the page's own gets it. */
  focus: boolean;
}

/** A page that is fetched when it is first shown. */
export function Lazy({ load, title }: Props) {
  const [fetched, setFetched] = useState<Fetched | null>(null);
  const [failed, setFailed] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const show = async () => {
      const Page = await load();
      setFetched({ Page, focus: document.activeElement === heading.current });
    };
    show().catch(() => setFailed(true));
  }, [load]);
  useEffect(() => {
    if (fetched?.focus) document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true });
  }, [fetched]);
  if (fetched) return <fetched.Page />;
  return (
    <>
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {failed && <NotFetched />}
    </>
  );
}

function NotFetched() {
  return (
    <Failure
      code="network-failed"
      message="This part of the page could not be fetched."
      hint="Check the connection, then reload the page."
    />
  );
}
