import { describe, expect, it } from 'vitest';
import { CARD, drawCard, type CardFacts, type Mark } from './card.ts';
import { codeOf } from './code.ts';

const FACTS: CardFacts = {
  title: 'Qwen 3.5 2B runs at',
  figure: { value: '41.3', unit: 'tok/s' },
  software: null,
  basis: 'Decode, tg128, median of 5 runs, 95 % interval 40.8–42.0',
  doubts: [],
  facts: [
    { label: 'Prefill (pp512)', value: '588 tok/s' },
    { label: 'First token (chat128)', value: 'after 201 ms' },
    { label: 'GPU', value: 'apple metal-3' },
    { label: 'Browser', value: 'Chrome 156 on macOS' },
  ],
  source: '22 Nov 2026',
  place: 'runs-here.example',
  code: codeOf('https://runs-here.example/#r=1.AAAA'),
};

/** Every sign as wide as half its font's size. */
function measure(text: string, font: string): number {
  return (text.length * parseFloat(/([\d.]+)px/.exec(font)![1]!)) / 2;
}

function draw(change: Partial<CardFacts> = {}): Mark[] {
  return drawCard({ ...FACTS, ...change }, measure);
}

function texts(marks: Mark[]): string[] {
  return marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
}

function expectInside(marks: Mark[]): void {
  for (const mark of marks) {
    const width = mark.kind === 'text' ? measure(mark.text, mark.font) : mark.kind === 'box' ? mark.width : 0;
    expect(mark.x + width, JSON.stringify(mark)).toBeLessThanOrEqual(CARD.width);
    expect(mark.y, JSON.stringify(mark)).toBeLessThanOrEqual(CARD.height);
    expect(Math.min(mark.x, mark.y)).toBeGreaterThanOrEqual(0);
  }
}

describe('a card', () => {
  it('says the figure, what it rests on, and a few conditions', () => {
    const said = texts(draw());
    for (const text of ['41.3', 'tok/s', FACTS.basis, ...FACTS.facts.flatMap((fact) => Object.values(fact))])
      expect(said.join(' ')).toContain(text);
    expectInside(draw());
  });

  it('says “software, not a GPU” beside the figure', () => {
    expect(texts(draw({ software: 'software, not a GPU' }))).toContain('software, not a GPU');
  });

  it('tells the first doubt, and how many more there are', () => {
    const said = texts(draw({ doubts: ['It is from the future.', 'Another.', 'A third.'] })).join(' ');
    expect(said).toContain('This contradicts itself in 3 points: It is from the future.');
  });

  it('without a figure says why', () => {
    const said = texts(draw({ figure: null, title: 'No speed for X', basis: 'That GPU computes wrongly.' }));
    expect(said).toContain('That GPU computes wrongly.');
    expect(said).not.toContain('tok/s');
  });

  it('keeps its words inside, however long they are', () => {
    const long = 'Endless words without an end '.repeat(20);
    const facts = Array.from({ length: 9 }, () => ({ label: 'Label', value: 'W'.repeat(300) }));
    const marks = draw({ title: long, basis: long, doubts: [long, long], facts, place: long, source: long });
    expectInside(marks);
    expect(texts(marks).some((text) => text.endsWith('…'))).toBe(true);
  });

  it('gives every module of its code whole pixels', () => {
    const boxes = draw().filter((mark) => mark.kind === 'box');
    expect(boxes.length).toBeGreaterThan(100);
    for (const { x, y, width, height } of boxes)
      expect([x, y, width, height].every(Number.isInteger)).toBe(true);
  });
});
