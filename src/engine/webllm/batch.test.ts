import { array, assert, constantFrom, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { stripEmptyThink, TextBatch } from './batch.ts';

function batches(pieces: string[], stepMs: number) {
  const sent: [string, number][] = [];
  let ms = 0;
  const batch = new TextBatch(
    (text, tokens) => sent.push([text, tokens]),
    () => ms,
  );
  for (const [index, piece] of pieces.entries()) {
    batch.add(piece, index + 1);
    ms += stepMs;
  }
  batch.flush();
  return sent;
}

it('sends the first piece at once and gathers the others for 16 ms', () => {
  expect(batches(['a', 'b', 'c', 'd', 'e', 'f'], 6)).toEqual([
    ['a', 1],
    ['bcd', 4],
    ['ef', 6],
  ]);
});

it('sends every piece of a slow model', () => {
  expect(batches(['a', 'b', 'c'], 40).map(([text]) => text)).toEqual(['a', 'b', 'c']);
});

it('sends nothing for no text', () => {
  expect(batches(['', ''], 40)).toEqual([]);
});

it('drops an empty think block, however it is cut into pieces', () => {
  const cuts = array(integer({ min: 1, max: 9 }), { minLength: 30, maxLength: 30 });
  assert(
    property(cuts, constantFrom('<think>\n\n</think>\n\n', ''), (lengths, block) => {
      let rest = `${block}Hello <think> there`;
      const pieces = lengths.map((length) => {
        const piece = rest.slice(0, length);
        rest = rest.slice(length);
        return piece;
      });
      const text = batches(pieces, 40).map(([piece]) => piece);
      expect(text.join('')).toBe('Hello <think> there');
    }),
  );
});

it('keeps thoughts', () => {
  const text = '<think>\nWell.\n</think>\nYes.';
  expect(stripEmptyThink(text)).toBe(text);
  const sent = batches(['<th', 'ink>\nWe', 'll.\n</think>\nYes.'], 40).map(([piece]) => piece);
  expect(sent.join('')).toBe(text);
});

it('sends no empty think block even if nothing follows it', () => {
  expect(batches(['<think>\n', '\n</think>'], 40)).toEqual([]);
});
