import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failure } from './Failure.tsx';
import { Top } from './Top.tsx';

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
  useEffect(() => {
    const show = async () => {
      const Page = await load();
      setFetched({ Page, focus: document.activeElement === heading() });
    };
    show().catch(() => setFailed(true));
  }, [load]);
  useEffect(() => {
    if (fetched?.focus) heading()?.focus({ preventScroll: true });
  }, [fetched]);
  if (fetched) return <fetched.Page />;
  return (
    <>
      <Top title={title} />
      {failed && <NotFetched />}
    </>
  );
}

function heading(): HTMLElement | null {
  return document.querySelector<HTMLElement>('#main h1');
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
