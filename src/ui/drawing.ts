import { CARD, codeMarks, drawCard, type CardFacts, type Mark } from '../share/card.ts';
import type { Code } from '../share/code.ts';

/** A card as a PNG of 1200 x 630 pixels. @throws Error where the browser gives no canvas */
export function paintCard(facts: CardFacts): Promise<Blob> {
  const { canvas, context } = newCanvas(CARD.width, CARD.height);
  const marks = drawCard(facts, (text, font) => {
    context.font = font;
    return context.measureText(text).width;
  });
  for (const mark of marks) paint(context, mark);
  return pngOf(canvas);
}

/** Pixels of a module: a code of 100 modules fills a large screen then. */
const MODULE = 10;

/** A code alone. */
export function paintCode(code: Code): Promise<Blob> {
  const box = code.size * MODULE;
  const { canvas, context } = newCanvas(box, box);
  for (const mark of codeMarks(code, { x: 0, y: 0, module: MODULE })) paint(context, mark);
  return pngOf(canvas);
}

interface Canvas {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
}

function newCanvas(width: number, height: number): Canvas {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas.');
  return { canvas, context };
}

function paint(context: CanvasRenderingContext2D, mark: Mark): void {
  context.fillStyle = mark.color;
  if (mark.kind === 'box') return context.fillRect(mark.x, mark.y, mark.width, mark.height);
  if (mark.kind === 'path') return paintPath(context, mark);
  context.font = mark.font;
  context.fillText(mark.text, mark.x, mark.y);
}

function paintPath(context: CanvasRenderingContext2D, mark: Mark & { kind: 'path' }): void {
  context.save();
  context.translate(mark.x, mark.y);
  context.scale(mark.scale, mark.scale);
  context.strokeStyle = mark.color;
  context.lineCap = 'round';
  context.lineWidth = mark.stroke;
  context.stroke(new Path2D(mark.path));
  context.restore();
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('No picture came of the canvas.'))),
      'image/png',
    ),
  );
}
