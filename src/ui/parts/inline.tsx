import type { ComponentChildren } from 'preact';
import css from './Block.module.css';
import { spans, type Span } from './spans.ts';

/** Code, bold and links inside a line of text, as nodes. Everything else, tags and images included, stays text. */
export function inline(text: string): ComponentChildren[] {
  return spans(text).map(draw);
}

function draw(span: Span): ComponentChildren {
  if (span.kind === 'text') return span.text;
  if (span.kind === 'code') return <code>{span.text}</code>;
  if (span.kind === 'strong') return <strong>{span.text}</strong>;
  return (
    <>
      <a href={span.href} target="_blank" rel="noopener noreferrer nofollow">
        <bdi>{span.text}</bdi>
      </a>
      {span.host !== null && (
        <>
          {' '}
          <bdi class={css.host} dir="ltr">
            ({span.host})
          </bdi>
        </>
      )}
    </>
  );
}
