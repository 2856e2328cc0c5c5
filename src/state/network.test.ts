import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TINY } from './scripted.ts';

let events: EventTarget;
const browser = { onLine: true };

beforeEach(() => {
  vi.resetModules();
  events = new EventTarget();
  browser.onLine = true;
  vi.stubGlobal('navigator', browser);
  vi.stubGlobal('document', { baseURI: 'http://localhost:1/' });
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
});
afterEach(() => void vi.unstubAllGlobals());

function turn(onLine: boolean): void {
  browser.onLine = onLine;
  events.dispatchEvent(new Event(onLine ? 'online' : 'offline'));
}

test('the loss of the network is said once, and its return too', async () => {
  const { followNetwork } = await import('./network.ts');
  const { notices } = await import('./notices.ts');
  followNetwork();
  turn(false);
  turn(false);
  expect(notices.value).toHaveLength(1);
  turn(true);
  expect(notices.value.map(({ text }) => text)).toEqual([
    expect.stringContaining('no network'),
    'The network is back.',
  ]);
});

test('a page that is opened without a network says so', async () => {
  browser.onLine = false;
  const { followNetwork } = await import('./network.ts');
  const { notices } = await import('./notices.ts');
  followNetwork();
  expect(notices.value.map(({ text }) => text)).toEqual([expect.stringContaining('no network')]);
});

test('without a network a model is refused at once, unless it is stored or on this machine', async () => {
  const { followNetwork, isOutOfReach } = await import('./network.ts');
  const { script } = await import('./scripted.ts');
  const { openModel, failure } = await import('./session.ts');
  const seen = script();
  followNetwork();
  turn(false);
  expect(isOutOfReach({ ...TINY.variant, modelUrl: './models/tiny/' })).toBe(false);
  expect(isOutOfReach(TINY.variant)).toBe(true);
  await expect(openModel(TINY)).resolves.toBe(false);
  expect(failure.value).toMatchObject({
    code: 'network-failed',
    message: expect.stringContaining('no network'),
  });
  expect(seen.downloads).toEqual([]);
  script({ stored: [TINY.variant.id] });
  await expect(openModel(TINY)).resolves.toBe(true);
});
