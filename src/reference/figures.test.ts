import { expect, test } from 'vitest';
import { howFar } from './comparable.ts';
import { FIGURES } from './figures.ts';
import { machineOf } from './machines.ts';
import { openModelOf } from './models.ts';

function figure(id: string) {
  const found = FIGURES.find((one) => one.id === id);
  if (!found) throw new Error(`no figure ${id}`);
  return found;
}

test('every figure is complete: machine, numbers, source with title and date, known ids', () => {
  expect(new Set(FIGURES.map(({ id }) => id)).size).toBe(FIGURES.length);
  for (const { id, machine, model, tps, source, quantization, engine, note } of FIGURES) {
    expect(machineOf(machine), `machine of ${id}`).not.toBeNull();
    if (model !== null) expect(openModelOf(model), `model of ${id}`).not.toBeNull();
    expect(tps.low, id).toBeGreaterThan(0);
    expect(tps.high, id).toBeGreaterThanOrEqual(tps.low);
    expect(source.title, id).not.toBe('');
    expect(source.date, id).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
    if (source.url !== null) expect(new URL(source.url).protocol, id).toBe('https:');
    for (const text of [quantization, engine, note]) expect(text, id).not.toBe('');
  }
});

test('a batch is no single answer', () => {
  const { grade, reasons } = howFar(figure('rtx-5090-batch-8'));
  expect(grade).toBe('not');
  expect(reasons[0]).toContain('eight answers at once');
});

test('a figure without a model is hardly comparable, one with it roughly', () => {
  expect(howFar(figure('rtx-5090-average'))).toMatchObject({ grade: 'hardly' });
  expect(howFar(figure('rtx-5090-average')).reasons[0]).toContain('which model');
  expect(howFar(figure('m3-ultra-gemma-ollama'))).toMatchObject({ grade: 'roughly' });
  expect(howFar(figure('m3-ultra-gemma-ollama')).reasons.at(-1)).toBe(
    'It ran in Ollama; yours runs in a browser.',
  );
  expect(howFar(figure('m4-max-scout')).grade).toBe('roughly');
});

test('what the memory of the machine cannot hold or read is doubted, in numbers', () => {
  const scout = howFar(figure('rtx-5090-scout'));
  expect(scout.grade).toBe('not');
  expect(scout.reasons).toHaveLength(3);
  expect(scout.reasons[0]).toMatch(/50\.8 GB.*29\.4 GB/);
  const large = howFar(figure('rtx-5090-405b'));
  expect(large.reasons[1]).toMatch(/3038 GB of weights a second.*1792 GB/);
});
