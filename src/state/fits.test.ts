import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Probe } from '../gpu/probe.ts';
import { MODELS } from '../reference/models.ts';
import { basis, choices, fitGroups } from './fits.ts';
import { expectation } from './expected.ts';
import { gpu } from './gpu.ts';
import { parseRoute, route } from './route.ts';

const PROBE: Probe = {
  state: 'ready',
  usable: true,
  notes: [],
  adapter: {
    vendor: 'maker',
    architecture: '',
    device: '',
    description: '',
    software: false,
    features: ['shader-f16'],
    maxBufferBytes: 2 ** 31,
    maxBindingBytes: 2 ** 31,
  },
  deviceMemoryGb: null,
  timerStepMs: 0.1,
};

function row(id: string) {
  const all = fitGroups.value.flatMap(({ answer, rows }) => rows.map((one) => ({ ...one, answer })));
  return all.find(({ key }) => key === id)!;
}

function browse(userAgent: string): void {
  vi.stubGlobal('navigator', { userAgent, maxTouchPoints: 1 });
}

afterAll(() => {
  vi.unstubAllGlobals();
});

beforeEach(() => {
  browse('Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0');
  gpu.value = null;
  route.value = parseRoute('#/showdown');
});

test('without WebGPU every model has an answer, and none claims the browser', () => {
  gpu.value = {
    ...PROBE,
    usable: false,
    adapter: null,
    notes: [{ state: 'no-webgpu', message: 'This browser has no WebGPU.', hint: '' }],
  };
  expect(fitGroups.value.flatMap(({ rows }) => rows)).toHaveLength(MODELS.length);
  expect(fitGroups.value.map(({ answer }) => answer)).toEqual(['unknown']);
  expect(basis.value).toContain('This browser has no WebGPU. So nothing runs');
});

test('on this GPU what the page has a build of runs in the browser; of the rest no memory is claimed', () => {
  gpu.value = PROBE;
  expect(row('qwen-3.5-0.8b')).toMatchObject({
    answer: 'browser',
    estimate: null,
  });
  expect(row('gemma-3-27b')).toMatchObject({ answer: 'unknown', why: 'It needs 17.2 GB of GPU memory.' });
  expect(row('gemma-3-27b').command).toContain('llama-server -hf');
  expect(basis.value).toContain('not how much memory it has');
});

test('the speed to expect of this page’s own build is the one that the models page tells', () => {
  gpu.value = PROBE;
  const speed = { lowTps: 41.2, highTps: 50, isMeasured: false };
  expectation.value = { ...expectation.value, speeds: new Map([['Qwen3.5-2B-q4f16_1-MLC', speed]]) };
  expect(row('qwen-3.5-2b').estimate).toBe('41–50 tok/s');
  expect(row('qwen-3.5-4b').estimate).toBeNull();
});

test('a device that tells little memory is believed; one that tells a cap is not', () => {
  gpu.value = { ...PROBE, deviceMemoryGb: 4 };
  expect(row('llama-4-scout')).toMatchObject({ answer: 'none', command: null });
  expect(row('qwen-3.5-9b').why).toMatch(/this device has 4 GB in all\. Natively/);
  gpu.value = { ...PROBE, deviceMemoryGb: 8 };
  expect(row('llama-4-scout').answer).toBe('unknown');
});

test('a phone is offered no command', () => {
  browse('Mozilla/5.0 (Linux; Android 16) Chrome/156.0.0.0 Mobile');
  gpu.value = { ...PROBE, deviceMemoryGb: 8 };
  expect(row('qwen-3.5-0.8b')).toMatchObject({ answer: 'browser', command: null });
  expect(row('gemma-3-27b')).toMatchObject({ answer: 'none', command: null });
});

test('a machine of the table has an address, and its own answers', () => {
  gpu.value = PROBE;
  const card = choices.value.find(({ key }) => key === 'rtx-4090')!;
  route.value = parseRoute(card.address);
  expect(choices.value.filter(({ chosen }) => chosen).map(({ key }) => key)).toEqual(['rtx-4090']);
  expect(row('gemma-3-27b-qat')).toMatchObject({ answer: 'native', estimate: '32–57 tok/s' });
  expect(row('llama-4-scout')).toMatchObject({ answer: 'none', command: null, estimate: null });
  expect(basis.value).toContain('22.1 GB, 92 % of 24 GB');
  route.value = parseRoute('#/showdown/phone');
  expect(row('qwen-3.5-0.8b')).toMatchObject({ answer: 'browser', command: null });
});

test('an unknown machine is the visitor’s own', () => {
  route.value = parseRoute('#/showdown/%3Cimg%3E');
  expect(choices.value.find(({ chosen }) => chosen)?.key).toBe('here');
});
