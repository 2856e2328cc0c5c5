import type { Code } from './code.ts';

/** What a result's card says, in words; `state/card.ts` finds them. */
export interface CardFacts {
  /** What ran, and what it did, e.g. "Qwen 3.5 2B ran at". */
  title: string;
  /** The figure that speaks for it; null where no speed may be shown, and then `basis` says why. */
  figure: { value: string; unit: string } | null;
  /** "software, not a GPU" for a result of a software adapter, else null. */
  software: string | null;
  /** What the figure rests on. */
  basis: string;
  /** What in it cannot be; empty for most. */
  doubts: string[];
  /** A few more figures and conditions, at most four. */
  facts: { label: string; value: string }[];
  /** Who says so, and when. */
  source: string;
  /** Where the link leads, e.g. "runs-here.example"; empty where no other device gets there. */
  place: string;
  code: Code;
}

/** One step of drawing. Coordinates are pixels; a text stands on its baseline. */
export type Mark =
  | { kind: 'box'; x: number; y: number; width: number; height: number; color: string }
  | { kind: 'path'; x: number; y: number; scale: number; path: string; color: string; stroke: number }
  | { kind: 'text'; x: number; y: number; text: string; font: string; color: string };

/** Width of a text, px. */
export type Measure = (text: string, font: string) => number;

/** As link previews show pictures (Open Graph). */
export const CARD = { width: 1200, height: 630 };

/** The page's own light colours (`ui/tokens.css`): a picture cannot follow the theme of whoever gets it. */
const PAPER = '#faf9f6';
const INK = '#17191c';
const SOFT = '#5b6067';
const ACCENT = '#b53d0c';
const WHITE = '#ffffff';

const SANS = `-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif`;

const EDGE = 64;
const TOP = 52;
/** Room for the code at the right edge; the words keep clear of it. */
const CODE_BOX = 380;
const WORDS_WIDTH = CARD.width - 2 * EDGE - CODE_BOX - 48;

/** The drawing of a card. Texts that are too long become smaller, then are cut with an ellipsis. */
export function drawCard(facts: CardFacts, measure: Measure): Mark[] {
  return [
    { kind: 'box', x: 0, y: 0, ...CARD, color: PAPER },
    ...brand(),
    ...headline(facts, measure),
    ...foundation(facts, measure),
    ...columns(facts.facts, measure),
    ...scannable(facts, measure),
  ];
}

/** The mark of `ui/parts/Mark.tsx`, 32 units wide, and the name. */
function brand(): Mark[] {
  const at = { kind: 'path', x: EDGE - 6, y: TOP - 8, scale: 1.4 } as const;
  return [
    { ...at, path: 'M5.2 24.5a12.5 12.5 0 1 1 21.6 0', color: INK, stroke: 2.5 },
    { ...at, path: 'M16 18.5 22.4 9', color: ACCENT, stroke: 3 },
    { ...at, path: 'M16 18.5h.01', color: ACCENT, stroke: 6 },
    { kind: 'text', x: EDGE + 48, y: TOP + 24, text: 'Runs Here', font: sans(26, 600), color: INK },
  ];
}

function headline({ title, figure, software }: CardFacts, measure: Measure): Mark[] {
  const top = fitted(
    title,
    { x: EDGE - 2, y: 218, width: WORDS_WIDTH, most: 46, least: 30, weight: 600 },
    measure,
  );
  if (!figure) return [top];
  const font = sans(156, 600);
  const unitX = EDGE - 4 + measure(figure.value, font) + 22;
  const marks: Mark[] = [
    top,
    { kind: 'text', x: EDGE - 4, y: 366, text: figure.value, font, color: INK },
    { kind: 'text', x: unitX, y: 366, text: figure.unit, font: sans(40, 500), color: SOFT },
  ];
  if (software)
    marks.push({ kind: 'text', x: unitX, y: 308, text: software, font: sans(24, 600), color: ACCENT });
  return marks;
}

/** What the figure rests on; in front of doubts stands a bar, as on the page. */
function foundation({ basis, doubts, figure }: CardFacts, measure: Measure): Mark[] {
  const y = figure ? 418 : 274;
  const rested = lines(
    basis,
    { x: EDGE, y, width: WORDS_WIDTH, size: 21, rows: figure ? 1 : 3, color: SOFT },
    measure,
  );
  const [first, ...others] = doubts;
  if (!first) return rested;
  const where = others.length > 0 ? ` in ${doubts.length} points` : '';
  const text = `This contradicts itself${where}: ${first}`;
  const below = figure ? y + 38 : y + 108;
  return [
    ...rested,
    { kind: 'box', x: EDGE, y: below - 20, width: 4, height: 52, color: ACCENT },
    ...lines(
      text,
      { x: EDGE + 18, y: below, width: WORDS_WIDTH - 18, size: 21, rows: 2, color: ACCENT },
      measure,
    ),
  ];
}

const COLUMNS_TOP = 506;

/** Four columns under a line, across the card. */
function columns(facts: CardFacts['facts'], measure: Measure): Mark[] {
  const width = (CARD.width - 2 * EDGE) / 4;
  const cells = facts.slice(0, 4).flatMap(({ label, value }, at): Mark[] => {
    const x = EDGE + at * width;
    return [
      { kind: 'text', x, y: COLUMNS_TOP + 34, text: label, font: sans(18, 400), color: SOFT },
      ...lines(value, { x, y: COLUMNS_TOP + 68, width: width - 20, size: 22, rows: 2, color: INK }, measure),
    ];
  });
  return [
    { kind: 'box', x: EDGE, y: COLUMNS_TOP, width: CARD.width - 2 * EDGE, height: 2, color: INK },
    ...cells,
  ];
}

/** The code at the right edge, and below it what it is for and who vouches for the result. */
function scannable({ code, source, place }: CardFacts, measure: Measure): Mark[] {
  const module = Math.max(1, Math.floor(CODE_BOX / code.size));
  const side = module * code.size;
  const x = CARD.width - EDGE - side;
  const below = { x, width: side, size: 18, rows: 1, color: SOFT };
  const text = place ? `Every run, at ${place}` : 'Scan for every run';
  return [
    ...codeMarks(code, { x, y: TOP, module }),
    ...lines(text, { ...below, y: TOP + side + 28 }, measure),
    ...lines(source, { ...below, y: TOP + side + 54 }, measure),
  ];
}

/** @param at its top left; modules have whole pixels, so that none is blurred */
export function codeMarks(code: Code, { x, y, module }: { x: number; y: number; module: number }): Mark[] {
  const side = module * code.size;
  const modules = code.dark.map(([left, top, length]): Mark => ({
    kind: 'box',
    x: x + left * module,
    y: y + top * module,
    width: length * module,
    height: module,
    color: INK,
  }));
  return [{ kind: 'box', x, y, width: side, height: side, color: WHITE }, ...modules];
}

interface Fit {
  x: number;
  y: number;
  width: number;
  /** Font sizes, px. */
  most: number;
  least: number;
  weight: number;
}

/** One line, as large as fits. */
function fitted(text: string, { x, y, width, most, least, weight }: Fit, measure: Measure): Mark {
  let size = most;
  while (size > least && measure(text, sans(size, weight)) > width) size -= 2;
  const font = sans(size, weight);
  return { kind: 'text', x, y, text: cut(text, width, font, measure), font, color: INK };
}

interface Block {
  x: number;
  y: number;
  width: number;
  size: number;
  rows: number;
  color: string;
}

/** Words in at most so many rows; the last row is cut where it must be. */
function lines(text: string, { x, y, width, size, rows, color }: Block, measure: Measure): Mark[] {
  const font = sans(size, 400);
  const found: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    const longer = row ? `${row} ${word}` : word;
    const isFull = row !== '' && measure(longer, font) > width && found.length < rows - 1;
    if (isFull) found.push(row);
    row = isFull ? word : longer;
  }
  return [...found, row].map((line, at) => ({
    kind: 'text',
    x,
    y: y + at * Math.round(size * 1.4),
    text: cut(line, width, font, measure),
    font,
    color,
  }));
}

function cut(text: string, width: number, font: string, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  let end = text.length;
  while (end > 0 && measure(`${text.slice(0, end).trimEnd()}…`, font) > width) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

function sans(size: number, weight: number): string {
  return `${weight} ${size}px ${SANS}`;
}
