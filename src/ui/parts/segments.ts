/** What one block of an answer is made of. */
export type Segment =
  | { kind: 'code'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'list'; ordered: boolean; start: number; items: ListItem[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'paragraph'; text: string };

export interface ListItem {
  text: string;
  /** 0 to 3; deeper lists are drawn no further in. */
  depth: number;
}

const FENCE = /^\s{0,3}(?:`{3,}|~{3,})/;
const ITEM = /^(\s*)(?:[-*+•]|(\d{1,9})[.)])\s+(.*)$/;
const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
/** A table with more columns than this is no table to read, and stays text. */
const MOST_COLUMNS = 20;
const HEADING = /^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/;

/** Read the source of one block. */
export function segment(source: string): Segment[] {
  const lines = source.split('\n');
  if (FENCE.test(lines[0] ?? '')) return [readFence(lines)];
  const segments: Segment[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const table = readTable(lines, at);
    if (table) {
      segments.push(table);
      at += table.rows.length + 1;
    } else append(segments, lines[at] ?? '');
  }
  return segments;
}

/** The table that begins at a line: its head, a rule of the same width, and all lines with a bar that follow. */
function readTable(lines: string[], at: number): Extract<Segment, { kind: 'table' }> | null {
  const [first = '', second = ''] = lines.slice(at, at + 2);
  if (!first.includes('|') || !RULE.test(second)) return null;
  const head = cells(first);
  if (head.length > MOST_COLUMNS || cells(second).length !== head.length) return null;
  const rows: string[][] = [];
  for (const line of lines.slice(at + 2)) {
    if (!line.includes('|')) break;
    const row = cells(line);
    rows.push(head.map((_title, column) => row[column] ?? ''));
  }
  return { kind: 'table', head, rows };
}

function cells(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

function readFence(lines: string[]): Segment {
  const body = lines.slice(1);
  if (body.length > 0 && /^\s{0,3}(`{3,}|~{3,})\s*$/.test(body.at(-1) ?? '')) body.pop();
  return { kind: 'code', text: body.join('\n') };
}

function append(segments: Segment[], line: string): void {
  const last = segments.at(-1);
  const heading = HEADING.exec(line);
  const item = ITEM.exec(line);
  if (heading) segments.push({ kind: 'heading', text: heading[1] ?? '' });
  else if (item) appendItem(segments, item);
  else if (last?.kind === 'list') joinItem(last, line);
  else if (last?.kind === 'paragraph') last.text += `\n${line}`;
  else segments.push({ kind: 'paragraph', text: line.trimStart() });
}

function appendItem(segments: Segment[], [, indent = '', number, text = '']: RegExpExecArray): void {
  const last = segments.at(-1);
  const item = { text, depth: Math.min(3, Math.floor(indent.length / 2)) };
  const ordered = number !== undefined;
  if (last?.kind === 'list' && (item.depth > 0 || last.ordered === ordered)) last.items.push(item);
  else segments.push({ kind: 'list', ordered, start: Number(number ?? 1), items: [item] });
}

/** A line without a mark goes on with the item above it. */
function joinItem(list: Extract<Segment, { kind: 'list' }>, line: string): void {
  const item = list.items.at(-1);
  if (item) item.text += ` ${line.trim()}`;
}
