import { expect, it } from 'vitest';
import { deferHost } from './host.ts';
import { ScriptedHost } from './scripted.ts';

it('answers pings while the engine is being fetched, and passes calls on afterwards', async () => {
  let arrive!: () => void;
  const fetched = new Promise<void>((resolve) => (arrive = resolve));
  let importMs = -1;
  const host = deferHost(async () => {
    await fetched;
    return (ms) => {
      importMs = ms;
      return new ScriptedHost();
    };
  });
  expect(host.ping()).toBeNull();
  const reset = host.reset();
  arrive();
  expect(await reset).toEqual({ ok: true, value: null });
  expect(importMs).toBeGreaterThanOrEqual(0);
});

it('tells that the engine could not be fetched', async () => {
  const host = deferHost(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));
  expect(await host.unload()).toMatchObject({
    ok: false,
    code: 'network-failed',
    message: 'The code of the engine could not be fetched.',
    detail: expect.stringContaining('dynamically imported'),
  });
});

it('tells an engine that throws from one that could not be fetched', async () => {
  const host = deferHost(() => Promise.reject(new TypeError('x is not a function')));
  expect(await host.unload()).toMatchObject({ code: 'worker-died', message: 'The engine could not start.' });
});
