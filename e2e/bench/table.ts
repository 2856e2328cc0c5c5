import { distance, type Row } from './truth.ts';

const COLUMNS = { figure: 24, script: 10, truth: 22, published: 12, beside: 12 };

/** The rows as a text to read. */
export function table(title: string, rows: Row[]): string {
  const head = line(Object.keys(COLUMNS));
  const lines = rows.map((row) => {
    const { low, high } = row.truth;
    const truth = `${digits(low)}–${digits(high)}`;
    const beside = `${((100 * distance(row)) / low).toFixed(4)} %`;
    return line([
      `${row.case} ${row.figure}, ${row.unit}`,
      digits(row.due),
      truth,
      digits(row.published),
      beside,
    ]);
  });
  return [`\n${title}`, head, ...lines].join('\n');
}

function line(cells: string[]): string {
  const [, ...widths] = Object.values(COLUMNS);
  const [name = '', ...rest] = cells;
  return name.padEnd(COLUMNS.figure) + rest.map((cell, at) => cell.padStart(widths[at]!)).join('');
}

function digits(value: number): string {
  return value.toFixed(3);
}
