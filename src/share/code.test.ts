import jsQR from 'jsqr';
import { expect, it } from 'vitest';
import { STANDARD } from '../bench/plan.ts';
import { sampleResult } from '../bench/samples.ts';
import { codeOf, type Code } from './code.ts';
import { writeLink } from './link.ts';

/** What a reader sees in the code, drawn with so many pixels to a module. */
function read({ size, dark }: Code, module = 3): string | undefined {
  const side = size * module;
  const pixels = new Uint8ClampedArray(4 * side * side).fill(255);
  for (const [x, y, length] of dark)
    for (let row = y * module; row < (y + 1) * module; row++)
      for (let column = x * module; column < (x + length) * module; column++)
        pixels.fill(0, 4 * (row * side + column), 4 * (row * side + column) + 3);
  return jsQR(pixels, side, side)?.data;
}

it.each([false, true])('a reader gets the very link back, histogram: %s', async (histogram) => {
  const result = await sampleResult({}, STANDARD);
  const link = `https://runs-here.example/app/${writeLink(result, { histogram })}`;
  expect(read(codeOf(link))).toBe(link);
});

it('takes the longest address that a comparison of eight results needs', () => {
  const text = `https://runs-here.example/#/measure?compare=${'A'.repeat(2900)}`;
  expect(read(codeOf(text), 4)).toBe(text);
});

it('keeps a quiet zone of four modules', () => {
  const { size, dark } = codeOf('https://runs-here.example/');
  for (const [x, y, length] of dark) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4);
    expect(Math.max(x + length, y + 1)).toBeLessThanOrEqual(size - 4);
  }
});
