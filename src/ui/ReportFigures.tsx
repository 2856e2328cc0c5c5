import { useMemo } from 'preact/hooks';
import type { CaseResult, Result } from '../bench/result.ts';
import { CLOCKS, figuresOf, loadOf, nativeOf, type Cell, type FigureRow } from '../state/report-figures.ts';
import { Button } from './parts/Button.tsx';
import { Figure } from './parts/Figure.tsx';
import css from './ReportFigures.module.css';
import { Term } from './ReportTerm.tsx';
import { copyText } from './sending.ts';

/** Every figure of a case, on each clock that tells it, and each a click from its definition. */
export function CaseFigures({ result }: { result: CaseResult }) {
  const { kind, depth, rows } = useMemo(() => figuresOf(result), [result]);
  const told = CLOCKS.map((name, at) => ({ name, at })).filter(({ at }) => rows.some((r) => r.cells[at]));
  return (
    <table class={css.figures}>
      <caption>
        <Term term={kind}>{result.case.name}</Term>
        {depth && (
          <>
            {' '}
            at a <Term term="depth">KV depth</Term> of {depth}
          </>
        )}
        : medians with their <Term term="interval">95 % intervals</Term>
      </caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          {told.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.label} row={row} columns={told.map(({ at }) => at)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row: { term, label, unit, cells }, columns }: { row: FigureRow; columns: number[] }) {
  return (
    <tr>
      <th scope="row">
        <Term term={term}>{label}</Term>
      </th>
      {columns.map((at) => (
        <td key={at}>
          <Value cell={cells[at] ?? null} unit={unit} />
        </td>
      ))}
    </tr>
  );
}

function Value({ cell, unit }: { cell: Cell | null; unit: string }) {
  if (!cell) return <span class={css.none}>–</span>;
  return (
    <>
      <Figure value={cell.value} unit={unit} />
      {cell.interval && <span class={css.interval}>{cell.interval}</span>}
    </>
  );
}

/** What came before the first run, part by part. */
export function LoadTimes({ result }: { result: Result }) {
  const parts = useMemo(() => loadOf(result), [result]);
  if (parts.length === 0) return <p class={css.note}>This result does not tell.</p>;
  return (
    <table class={css.figures}>
      <tbody>
        {parts.map(({ label, value, share }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>
              {value}
              <span class={css.bar} style={{ transform: `scaleX(${share})` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How to measure the same without a browser. */
export function NativeCommands({ result }: { result: Result }) {
  const tools = useMemo(() => nativeOf(result), [result]);
  if (tools.length === 0) return <p class={css.note}>No other program runs the demo models.</p>;
  return (
    <ul class={css.commands}>
      {tools.map(({ tool, commands, note, source }) => (
        <li key={tool}>
          <pre>{commands.join('\n')}</pre>
          <p>
            {note}{' '}
            <a href={source} rel="noreferrer" target="_blank">
              {tool}’s own words
            </a>
          </p>
          <Button
            name={`Copy for ${tool}`}
            onClick={() => void copyText(commands.join('\n'), `Copied for ${tool}.`)}
          >
            Copy
          </Button>
        </li>
      ))}
    </ul>
  );
}
