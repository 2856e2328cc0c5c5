import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTar, writeTar } from './tar.ts';

const path = fc
  .array(fc.stringMatching(/^[a-z0-9_]{1,40}$/), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'));
const content = fc.uint8Array({ maxLength: 1500 });

const asBlob = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]);

test('what was written is read again', async () => {
  const files = fc.array(fc.record({ path, bytes: content }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const tar = writeTar(given.map((file) => ({ path: file.path, blob: asBlob(file.bytes) })));
      const read = await readTar(tar);
      expect(read.map((file) => file.path)).toEqual(given.map((file) => file.path));
      for (const [index, file] of read.entries()) {
        expect(new Uint8Array(await file.blob.arrayBuffer())).toEqual(
          new Uint8Array(given[index]?.bytes ?? []),
        );
      }
    }),
    { numRuns: 40 },
  );
});

test('the tar of the operating system understands ours, and we understand its', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tar-'));
  const long = `${'a'.repeat(60)}/${'b'.repeat(90)}`;
  const tar = writeTar([
    { path: 'm/@library.wasm', blob: new Blob(['one']) },
    { path: long, blob: new Blob(['two']) },
  ]);
  writeFileSync(join(folder, 'ours.tar'), Buffer.from(await tar.arrayBuffer()));
  execFileSync('tar', ['xf', 'ours.tar'], { cwd: folder });
  expect(readFileSync(join(folder, long), 'utf8')).toBe('two');
  execFileSync('tar', ['cf', 'theirs.tar', '--format=ustar', 'm'], { cwd: folder });
  const theirs = await readTar(new Blob([readFileSync(join(folder, 'theirs.tar'))]));
  expect(theirs.map((file) => file.path)).toEqual(['m/@library.wasm']);
  rmSync(folder, { recursive: true });
});

test('what is no tar, or a damaged or cut one, is refused', async () => {
  const good = new Uint8Array(await writeTar([{ path: 'a', blob: new Blob(['abc']) }]).arrayBuffer());
  const flipped = good.slice();
  flipped[3] = 0x7a;
  for (const bad of [new Uint8Array(0), new Uint8Array(5000).fill(7), flipped, good.slice(0, 600)]) {
    await expect(readTar(new Blob([bad]))).rejects.toMatchObject({ code: 'not-a-model' });
  }
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      await readTar(asBlob(bytes)).catch((error: { code: string }) => expect(error.code).toBe('not-a-model'));
    }),
  );
});
