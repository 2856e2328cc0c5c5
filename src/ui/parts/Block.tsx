import { useMemo } from 'preact/hooks';
import css from './Block.module.css';
import { inline } from './inline.tsx';
import { segment, type Segment } from './segments.ts';

/** From this many characters on, a block is laid out only when it is near the window. */
const LARGE_CHARS = 2_000;

/** Marks upon marks on one letter grow over all that is around it, and are slow to draw; no language has so many. */
const PILES = /(\p{M}{10})\p{M}+/gu;

/** One block of an answer. The same source gives the same nodes, so a finished block is never compared again. */
export function Block({ source }: { source: string }) {
  return useMemo(() => {
    const parts = segment(source.replace(PILES, '$1')).map(draw);
    return source.length < LARGE_CHARS ? <>{parts}</> : <div class={css.large}>{parts}</div>;
  }, [source]);
}

/** Each part finds its own direction, so that text from right to left disturbs nothing beside it. */
function draw(part: Segment) {
  if (part.kind === 'list') return drawList(part);
  if (part.kind === 'table') return drawTable(part);
  if (part.kind === 'code') {
    return (
      <pre class={css.code}>
        <code>{part.text}</code>
      </pre>
    );
  }
  return (
    <p class={part.kind === 'heading' ? css.heading : css.paragraph} dir="auto">
      {inline(part.text)}
    </p>
  );
}

function drawList({ ordered, start, items }: Extract<Segment, { kind: 'list' }>) {
  const rows = items.map((item, index) => (
    <li key={index} data-depth={item.depth} dir="auto">
      {inline(item.text)}
    </li>
  ));
  if (!ordered) return <ul class={css.list}>{rows}</ul>;
  return (
    <ol class={css.list} start={start}>
      {rows}
    </ol>
  );
}

/** What is too wide scrolls by itself, by keyboard too. */
function drawTable({ head, rows }: Extract<Segment, { kind: 'table' }>) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that it can be scrolled by keyboard
    <section class={css.table} aria-label="Table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col" dir="auto">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} dir="auto">
                  {inline(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
