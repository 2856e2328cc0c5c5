import { expect, test } from 'vitest';
import { CATALOG } from '../engine/catalog.ts';
import { estimateDecode, fitHere, fitOn, neededBytes } from './fits.ts';
import { MACHINES, machineOf, usableBytes } from './machines.ts';
import { bytesPerStep, MODELS, openModelOf, weightBytes } from './models.ts';

const model = (id: string) => openModelOf(id)!;
const machine = (id: string) => machineOf(id)!;

test('every model is complete, and its build exists where one is named', () => {
  expect(new Set(MODELS.map(({ id }) => id)).size).toBe(MODELS.length);
  for (const {
    id,
    name,
    form,
    parameters,
    activeParameters,
    bitsPerWeight,
    catalogId,
    command,
    note,
  } of MODELS) {
    for (const text of [name, form, note]) expect(text, id).not.toBe('');
    expect(activeParameters, id).toBeGreaterThan(0);
    expect(parameters, id).toBeGreaterThanOrEqual(activeParameters);
    expect(bitsPerWeight, id).toBeGreaterThan(1);
    expect(bitsPerWeight, id).toBeLessThanOrEqual(16);
    expect(command, id).toMatch(
      /^(ollama run [\w.-]+:[\w.-]+|llama-server -hf [\w.-]+\/[\w.-]+-GGUF(:[\w-]+)?)$/,
    );
    if (catalogId !== null) expect(CATALOG.map((one) => one.id)).toContain(catalogId);
  }
  const sizes = MODELS.map(({ parameters }) => parameters);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
});

test('every machine is complete, the smallest first', () => {
  expect(new Set(MACHINES.map(({ id }) => id)).size).toBe(MACHINES.length);
  for (const { id, name, memoryBytes, usableShare, bytesPerS } of MACHINES) {
    expect(name, id).not.toBe('');
    expect(memoryBytes, id).toBeGreaterThan(2 ** 30);
    expect(usableShare > 0 && usableShare < 1, id).toBe(true);
    if (bytesPerS !== null) expect(bytesPerS, id).toBeGreaterThan(10e9);
  }
  const sizes = MACHINES.map(usableBytes);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
});

test('weights are parameters times bits; in a mixture of experts a step reads those at work', () => {
  expect(weightBytes(model('gemma-3-27b-qat')) / 1e9).toBeCloseTo(14.1, 1);
  expect(weightBytes(model('llama-4-scout')) / 1e9).toBeCloseTo(66.1, 1);
  expect(bytesPerStep(model('llama-4-scout')) / 1e9).toBeCloseTo(10.3, 1);
});

test.each([
  ['qwen-3.5-0.8b', 'phone', 1.7e9, 'browser'],
  ['qwen-3.5-9b', 'phone', 6.7e9, 'none'],
  ['qwen-3.5-9b', 'card-8', 6.7e9, 'browser'],
  ['ministral-3-14b', 'card-8', null, 'none'],
  ['ministral-3-14b', 'card-16', null, 'native'],
  ['gemma-3-27b-qat', 'card-16', null, 'none'],
  ['gemma-3-27b-qat', 'rtx-4090', null, 'native'],
  ['qwen-3.5-35b', 'rtx-4090', null, 'native'],
  ['llama-4-scout', 'rtx-5090', null, 'none'],
  ['llama-4-scout', 'm4-max', null, 'native'],
  ['qwen-3.5-397b', 'm4-max', null, 'none'],
  ['qwen-3.5-397b', 'm3-ultra', null, 'native'],
  ['deepseek-v3.2', 'm3-ultra', null, 'none'],
] as const)('%s on %s: %s bytes in the browser, so %s', (id, on, browserBytes, answer) => {
  const fitting = fitOn(model(id), machine(on), browserBytes);
  expect(fitting.answer).toBe(answer);
  expect(fitting.why).toMatch(/\d GB/);
  if (answer === 'none') expect(fitting.estimate).toBeNull();
});

test('a phone runs no native program, whatever it could hold', () => {
  expect(fitOn(model('qwen-3.5-0.8b'), machine('phone'), null)).toMatchObject({ answer: 'none' });
});

test('what is published of Gemma 3 27B on an M3 Ultra lies within the estimate, ends included', () => {
  const { lowTps, highTps } = estimateDecode(model('gemma-3-27b'), machine('m3-ultra').bytesPerS)!;
  expect(lowTps).toBeLessThan(24);
  expect(highTps).toBeGreaterThan(33);
  expect(estimateDecode(model('gemma-3-27b'), null)).toBeNull();
});

const UNKNOWN = { build: null, deviceBytes: null, bytesPerS: null, hasTerminal: true };

test('here, the page’s own build comes first', () => {
  const small = model('qwen-3.5-0.8b');
  const build = { runs: true, why: 'It fits.', estimate: { lowTps: 20, highTps: 30 } };
  expect(fitHere(small, { ...UNKNOWN, build, bytesPerS: 1e11 })).toMatchObject({
    answer: 'browser',
    why: 'It fits.',
    estimate: build.estimate,
  });
  const refused = fitHere(small, { ...UNKNOWN, build: { runs: false, why: 'No f16.', estimate: null } });
  expect(refused).toMatchObject({
    answer: 'unknown',
    why: 'No f16. Natively it needs 1.41 GB of GPU memory.',
  });
});

test('here, no memory is claimed that the browser does not tell', () => {
  const [middle, large] = [model('gemma-3-27b'), model('llama-4-scout')];
  expect(fitHere(large, UNKNOWN)).toMatchObject({
    answer: 'unknown',
    why: 'It needs 65.6 GB of GPU memory.',
  });
  const device = { ...UNKNOWN, deviceBytes: 16 * 2 ** 30 };
  expect(fitHere(middle, device).why).toBe(
    'It needs 17.2 GB; this device has 16 GB, so it takes a graphics card with memory of its own.',
  );
  expect(fitHere(large, device)).toMatchObject({ answer: 'none', estimate: null });
  expect(fitHere(middle, { ...UNKNOWN, hasTerminal: false })).toMatchObject({ answer: 'none' });
  expect(neededBytes(large)).toBeGreaterThan(weightBytes(large));
});
