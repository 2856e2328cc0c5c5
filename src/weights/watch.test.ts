import { expect, test } from 'vitest';
import { sleep, Watch } from './watch.ts';

const outer = () => new AbortController();

test('a request ends when nothing comes, and not while we are busy ourselves', async () => {
  const { signal } = outer();
  const watch = new Watch(signal, 40);
  watch.hold();
  await sleep(80, signal);
  expect(watch.signal.aborted).toBe(false);
  watch.beat();
  await expect.poll(() => watch.signal.aborted).toBe(true);
  expect(String(watch.signal.reason)).toMatch(/nothing came for \d+ ms/);
  watch.end();
});

test('it ends with the outer signal, before and during', async () => {
  const controller = outer();
  const watch = new Watch(controller.signal, 1000);
  controller.abort();
  expect(watch.signal.aborted).toBe(true);
  watch.end();
  const late = new Watch(controller.signal, 1000);
  expect(late.signal.aborted).toBe(true);
  late.end();
  await expect(sleep(1000, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
});

test('a sleep is cut short by its signal', async () => {
  const controller = outer();
  const sleeping = sleep(10_000, controller.signal);
  controller.abort();
  await expect(sleeping).rejects.toMatchObject({ name: 'AbortError' });
});
