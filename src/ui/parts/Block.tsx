import { useMemo } from 'preact/hooks';
import css from './Block.module.css';
import { inline } from './inline.tsx';
import { segment, type Segment } from './segments.ts';

/** One block of an answer. The same source gives the same nodes, so a finished block is never compared again. */
export function Block({ source }: { source: string }) {
  return useMemo(() => <>{segment(source).map(draw)}</>, [source]);
}

function draw(part: Segment) {
  if (part.kind === 'paragraph') return <p class={css.paragraph}>{inline(part.text)}</p>;
  if (part.kind === 'heading') return <p class={css.heading}>{inline(part.text)}</p>;
  if (part.kind === 'code') {
    return (
      <pre class={css.code}>
        <code>{part.text}</code>
      </pre>
    );
  }
  const items = part.items.map((item, index) => (
    <li key={index} data-depth={item.depth}>
      {inline(item.text)}
    </li>
  ));
  if (part.ordered) {
    return (
      <ol class={css.list} start={part.start}>
        {items}
      </ol>
    );
  }
  return <ul class={css.list}>{items}</ul>;
}
