import { expect, test } from 'vitest';
import { Progress } from './progress.ts';
import type { DownloadProgress } from './weights.ts';

function progressAt() {
  const clock = { ms: 0 };
  const seen: DownloadProgress[] = [];
  const progress = new Progress(
    (next) => seen.push(next),
    () => clock.ms,
  );
  const last = () => seen.at(-1);
  return { clock, seen, progress, last };
}

test('bytes add up exactly, and what was stored before does not make the line look faster', () => {
  const { clock, progress, last } = progressAt();
  progress.file('a', { doneBytes: 900, sizeBytes: 1000, isDone: false });
  progress.file('b', { doneBytes: 0, sizeBytes: 2000, isDone: false });
  progress.listed('downloading');
  expect(last()).toMatchObject({
    doneBytes: 900,
    totalBytes: 3000,
    rateBytesPerS: null,
    leftMs: null,
    filesTotal: 2,
  });
  clock.ms = 1000;
  progress.received('b', 500);
  expect(last()).toMatchObject({ doneBytes: 1400, rateBytesPerS: 500, leftMs: 3200 });
  clock.ms = 1200;
  progress.file('a', { doneBytes: 1000, sizeBytes: 1000, isDone: true });
  expect(last()).toMatchObject({ doneBytes: 1500, filesDone: 1 });
});

test('a file that starts again takes its bytes back', () => {
  const { clock, progress, last } = progressAt();
  progress.file('a', { doneBytes: 0, sizeBytes: null, isDone: false });
  progress.listed('downloading');
  progress.received('a', 70);
  clock.ms = 500;
  progress.file('a', { doneBytes: 0, sizeBytes: null, isDone: false });
  expect(last()).toMatchObject({ doneBytes: 0, totalBytes: 0 });
});

test('it reports ten times a second and forgets an old rate', () => {
  const { clock, seen, progress, last } = progressAt();
  progress.file('a', { doneBytes: 0, sizeBytes: 1e6, isDone: false });
  progress.listed('downloading');
  const before = seen.length;
  for (clock.ms = 1; clock.ms <= 1000; clock.ms++) progress.received('a', 100);
  expect(seen.length - before).toBeLessThanOrEqual(10);
  expect(last()?.rateBytesPerS).toBeCloseTo(100_000, -4);
  clock.ms = 20_000;
  progress.received('a', 0);
  clock.ms = 21_000;
  progress.received('a', 0);
  expect(last()?.rateBytesPerS).toBe(0);
  expect(last()?.leftMs).toBeNull();
});
