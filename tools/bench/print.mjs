// Figures as a table for people.

/** @typedef {{ what: string, unit: string, value?: number | string, n?: number, median?: number, least?: number, most?: number, ratio?: number, leastRatio?: number, mostRatio?: number }} Row */

const WIDTHS = [44, 12, 22, 8, 6];

/**
 * @param {string} title
 * @param {Row[]} rows
 * @returns {string}
 */
export function formatTable(title, rows) {
  const head = ['', 'median', 'least to most', 'unit', 'n'];
  return [title, line(head), ...rows.map((row) => line(cells(row)))].join('\n');
}

function cells(row) {
  if (row.ratio !== undefined)
    return [
      row.what,
      row.ratio.toFixed(3),
      `${row.leastRatio.toFixed(3)} to ${row.mostRatio.toFixed(3)}`,
      row.unit,
      '',
    ];
  if (row.median === undefined) return [row.what, number(row.value), '', row.unit, ''];
  return [
    row.what,
    number(row.median),
    `${number(row.least)} to ${number(row.most)}`,
    row.unit,
    String(row.n),
  ];
}

/** Four digits say all that runs on a shared machine can. */
function number(value) {
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) || value >= 1000
    ? Math.round(value).toLocaleString('en')
    : value.toPrecision(4);
}

function line(texts) {
  const padded = texts.map((text, i) => (i === 0 ? text.padEnd(WIDTHS[i]) : text.padStart(WIDTHS[i])));
  return `  ${padded.join('  ')}`.trimEnd();
}
