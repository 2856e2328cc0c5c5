import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Surroundings } from './surroundings.ts';

let page: EventTarget & { visibilityState: string };
let battery: EventTarget & { charging: boolean };
let held: { name: string }[];
let locks = 0;

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  battery = Object.assign(new EventTarget(), { charging: true });
  held = [];
  locks = 0;
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', {
    getBattery: async () => battery,
    locks: { query: async () => ({ held }) },
    wakeLock: {
      request: async () => {
        locks += 1;
        return { release: async () => void (locks -= 1) };
      },
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(visibilityState: string): void {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event('visibilitychange'));
}

test('a quiet run is not disturbed, and the screen is kept on meanwhile', async () => {
  const around = await Surroundings.start();
  expect(locks).toBe(1);
  around.begin();
  vi.advanceTimersByTime(30_000);
  expect(around.end()).toBeNull();
  expect(around.circumstances()).toEqual({ onBattery: false, downloading: false });
  around.stop();
  await vi.waitFor(() => expect(locks).toBe(0));
});

test('a run is disturbed by a page that was hidden for a moment, and the next one waits for its sight', async () => {
  const around = await Surroundings.start();
  around.begin();
  show('hidden');
  show('visible');
  expect(around.end()).toBe('hidden');
  show('hidden');
  let isReady = false;
  const waiting = around.ready().then(() => (isReady = true));
  await Promise.resolve();
  expect(isReady).toBe(false);
  show('visible');
  await waiting;
  around.begin();
  expect(around.end()).toBeNull();
});

test('waiting for the page ends with a cancel', async () => {
  const around = await Surroundings.start();
  show('hidden');
  const cancel = new AbortController();
  const waiting = around.ready(cancel.signal);
  cancel.abort();
  await expect(waiting).resolves.toBeUndefined();
});

test('a machine that slept has stalled the run', async () => {
  const around = await Surroundings.start();
  around.begin();
  vi.setSystemTime(Date.now() + 60_000);
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 60_000);
  expect(around.end()).toBe('stalled');
});

test('a battery and a download are noticed, even when they are over in the end', async () => {
  const around = await Surroundings.start();
  battery.charging = false;
  battery.dispatchEvent(new Event('chargingchange'));
  battery.charging = true;
  battery.dispatchEvent(new Event('chargingchange'));
  held = [{ name: 'runs-here-weights:write:some-model' }];
  await around.look();
  held = [{ name: 'runs-here-weights:use:some-model' }];
  await around.look();
  expect(around.circumstances()).toEqual({ onBattery: true, downloading: true });
});

test('a browser that tells nothing leaves it unknown', async () => {
  vi.stubGlobal('navigator', {});
  const around = await Surroundings.start();
  expect(around.circumstances()).toEqual({ onBattery: null, downloading: null });
});
