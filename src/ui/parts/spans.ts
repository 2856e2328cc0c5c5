/**
 * What a line of an answer is made of. The text comes from a model, which may have been told what to write by anybody,
 * so all of it is text unless it is one of these. Reading it takes linear time, whatever it holds.
 */
export type Span =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; text: string }
  | { kind: 'link'; text: string; href: string; host: string | null };

interface Found {
  span: Span;
  /** Where the text goes on behind it. */
  end: number;
}

const LINK = /!?\[([^[\]\n]{1,300})\]\(([^\s()<>]{1,2000})\)/y;
const ADDRESS = /https?:\/\/[^\s<>"`*|\\^{}[\]]{1,2000}/y;
const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

export function spans(text: string): Span[] {
  const marks = /`+|\*\*|!?\[|https?:\/\//g;
  const unclosed = new Set<string>();
  const found: Span[] = [];
  let from = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    const next = read(text, mark[0], mark.index, unclosed);
    if (!next) continue;
    if (mark.index > from) found.push({ kind: 'text', text: text.slice(from, mark.index) });
    found.push(next.span);
    from = marks.lastIndex = next.end;
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) });
  return found;
}

/** @param unclosed marks that have no end in the rest of the text, so that none is looked for twice */
function read(text: string, mark: string, at: number, unclosed: Set<string>): Found | null {
  if (mark.endsWith('[')) return readLink(text, at);
  if (mark.startsWith('http')) return readAddress(text, at);
  const start = at + mark.length;
  if (unclosed.has(mark) || (mark === '**' && /^\s/.test(text.slice(start, start + 1)))) return null;
  const end = mark === '**' ? text.indexOf(mark, start + 1) : endOfCode(text, mark, start);
  if (end < 0) {
    unclosed.add(mark);
    return null;
  }
  const kind = mark === '**' ? 'strong' : 'code';
  return { span: { kind, text: text.slice(start, end) }, end: end + mark.length };
}

/** The next run of exactly as many backticks; -1 if there is none. */
function endOfCode(text: string, mark: string, from: number): number {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run = runs.exec(text); run; run = runs.exec(text)) if (run[0] === mark) return run.index;
  return -1;
}

function readLink(text: string, at: number): Found | null {
  LINK.lastIndex = at;
  const [whole, label = '', target = ''] = LINK.exec(text) ?? [];
  const link = whole === undefined ? null : safeLink(target);
  return link && { span: { kind: 'link', text: label, ...link }, end: at + (whole?.length ?? 0) };
}

/** An address as it stands in the text, without the full stop or the bracket behind it. */
function readAddress(text: string, at: number): Found | null {
  ADDRESS.lastIndex = at;
  const address = (ADDRESS.exec(text)?.[0] ?? '').replace(/[.,;:!?')]{1,20}$/, '');
  const link = safeLink(address);
  if (!link) return null;
  const isSaid = address === link.href || `${address}/` === link.href;
  return {
    span: { kind: 'link', text: address, href: link.href, host: isSaid ? null : link.host },
    end: at + address.length,
  };
}

/** Where a link leads, and the host that a reader must see; null for what must not be a link. */
function safeLink(target: string): { href: string; host: string } | null {
  if (!URL.canParse(target)) return null;
  const { protocol, href, host, pathname, username, password } = new URL(target);
  if (!PROTOCOLS.has(protocol) || username !== '' || password !== '') return null;
  if (protocol !== 'mailto:') return { href, host };
  return { href: `mailto:${pathname}`, host: decodeOnce(pathname) };
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
