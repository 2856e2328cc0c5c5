import { correction, generate } from 'lean-qr/nano';

/** A QR code as dark rectangles, in modules from the top left of its quiet zone. */
export interface Code {
  /** Modules on a side, quiet zone included. */
  size: number;
  /** Runs of dark modules: x, y, length; each is one module high. */
  dark: [x: number, y: number, length: number][];
}

/** Light modules that a reader needs around a code (ISO/IEC 18004). */
const QUIET = 4;

/**
 * A link holds up to 900 characters, so the code has the least correction: large modules on a clean screen help a camera more.
 * @throws Error for a text of more than 2953 bytes
 */
export function codeOf(text: string): Code {
  const bitmap = generate(text, { minCorrectionLevel: correction.L });
  const dark: Code['dark'] = [];
  for (let y = 0; y < bitmap.size; y++) {
    for (let x = 0; x < bitmap.size; x++) {
      if (!bitmap.get(x, y)) continue;
      const start = x;
      while (bitmap.get(x + 1, y)) x += 1;
      dark.push([start + QUIET, y + QUIET, x + 1 - start]);
    }
  }
  return { size: bitmap.size + 2 * QUIET, dark };
}
