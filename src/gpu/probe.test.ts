import { expect, it } from 'vitest';
import { platformOf } from './advice.ts';
import { probe, type Surroundings } from './probe.ts';
import { measureTimerStep } from './timer.ts';

const CHROME_LINUX =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
const FIREFOX_LINUX = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';
const FIREFOX_MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0';
const SAFARI_MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15';
const CHROME_ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36';
const EDGE_WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0';

function around(change: Partial<Surroundings> = {}): Surroundings {
  let ms = 0;
  return {
    userAgent: CHROME_LINUX,
    touch: false,
    secure: true,
    deviceMemoryGb: 8,
    now: () => (ms += 0.1),
    ...change,
  };
}

interface Offer {
  features?: string[];
  info?: object;
  limits?: object;
}

function fakeGpu({ features = ['shader-f16'], info = { vendor: 'maker' }, limits = {} }: Offer = {}): GPU {
  const adapter = {
    features: new Set(features),
    info,
    limits: {
      maxBufferSize: 2 ** 31,
      maxStorageBufferBindingSize: 2 ** 30,
      maxComputeWorkgroupStorageSize: 32_768,
      maxStorageBuffersPerShaderStage: 10,
      ...limits,
    },
    requestDevice: () => {
      throw new Error('a probe must not create devices');
    },
  };
  return { requestAdapter: async () => adapter } as unknown as GPU;
}

it('finds nothing to complain about on a good GPU', async () => {
  const found = await probe(fakeGpu(), around());
  expect(found).toMatchObject({ state: 'ready', usable: true, notes: [], deviceMemoryGb: 8 });
  expect(found.adapter).toMatchObject({ vendor: 'maker', description: '', software: false });
  expect(found.timerStepMs).toBeCloseTo(0.1);
});

it.each([
  [FIREFOX_LINUX, /Firefox has no WebGPU on this system yet.*Chrome/],
  [SAFARI_MAC, /Safari 26/],
  [CHROME_ANDROID, /Android 12/],
  [EDGE_WINDOWS, /113/],
])('names a browser that would work instead of %s', async (userAgent, hint) => {
  const found = await probe(undefined, around({ userAgent }));
  expect(found).toMatchObject({ state: 'no-webgpu', usable: false, adapter: null });
  expect(found.notes[0]?.hint).toMatch(hint);
});

it('knows that only secure pages have WebGPU', async () => {
  const found = await probe(undefined, around({ secure: false }));
  expect(found.notes[0]?.hint).toMatch(/https/);
});

it.each([
  ['null', async () => null],
  ['an error', () => Promise.reject(new Error('no'))],
  [
    'a throw',
    () => {
      throw new Error('no');
    },
  ],
])('takes %s for no adapter', async (_what, requestAdapter) => {
  const found = await probe({ requestAdapter } as unknown as GPU, around());
  expect(found).toMatchObject({ state: 'no-adapter', usable: false, adapter: null });
  expect(found.notes[0]?.hint).toMatch(/chrome:\/\/flags/);
});

it.each([
  [{ isFallbackAdapter: true, vendor: 'google' }],
  [{ architecture: 'swiftshader' }],
  [{ description: 'llvmpipe (LLVM 19)' }],
  [{ description: 'Microsoft Basic Render Driver' }],
])('sees that %o is software', async (info) => {
  const found = await probe(fakeGpu({ info }), around());
  expect(found).toMatchObject({ state: 'software', usable: true, adapter: { software: true } });
});

it('sees software and missing 16-bit floats together, the worse first', async () => {
  const found = await probe(fakeGpu({ features: [], info: { architecture: 'swiftshader' } }), around());
  expect(found.notes.map(({ state }) => state)).toEqual(['software', 'no-f16']);
  expect(found.usable).toBe(true);
});

it('names the limit that is too small', async () => {
  const found = await probe(fakeGpu({ limits: { maxStorageBuffersPerShaderStage: 8 } }), around());
  expect(found).toMatchObject({ state: 'limits-too-small', usable: false });
  expect(found.notes[0]?.message).toMatch(/maxStorageBuffersPerShaderStage is 8.*10/);
});

it.each([
  [CHROME_LINUX, false, { browser: 'chromium', system: 'linux' }],
  [FIREFOX_MAC, false, { browser: 'firefox', system: 'mac' }],
  [SAFARI_MAC, false, { browser: 'safari', system: 'mac' }],
  [SAFARI_MAC, true, { browser: 'safari', system: 'ios' }],
  [CHROME_ANDROID, true, { browser: 'chromium', system: 'android' }],
  [EDGE_WINDOWS, true, { browser: 'chromium', system: 'windows' }],
  ['curl/8', false, { browser: 'other', system: 'other' }],
])('reads %s (touch: %s)', (userAgent, touch, platform) => {
  expect(platformOf(userAgent, touch)).toEqual(platform);
});

it('measures the smallest step of a coarse clock', () => {
  let reading = 0;
  expect(measureTimerStep(() => Math.floor(reading++ / 50) * 0.5)).toBeCloseTo(0.5);
  expect(measureTimerStep(() => 0)).toBeNull();
});
