import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { createTarPacker, packTar, type TarEntry } from 'modern-tar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTar, writeTar } from './tar.ts';

const BLOCK = 512;
/** 2^40 bytes: what a header may claim of content that is not there. */
const LIE = 2 ** 40;

/** `gzip -9`, then base64. */
const FIRST_VERSION =
  'H4sIAAAAAAACA+3UQQqDMBAF0BxF3Fd/mtRFV71KSlOaYiNMokXEuxdLodhVFyKK8zY/zCaQ4Sc63+ZU+7C7WbLZPVReTA0ACq3f' +
  'CeA3AVl8z8NcyoOCSCBmUIdoSGCWuxaoSxtDzviYHru+F2xjrlV5sZRPGqfSnclQmz1NePzTf+hx/5WG2q+8/3H4WEfvssj9f1bE' +
  'GGNsY15yLj2hAAwAAA==';

const part = fc.stringMatching(/^[a-z0-9_]{1,40}$/);
const path = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('/'));
const content = fc.uint8Array({ maxLength: 1500 });

const asBlob = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]);
const pack = async (entries: TarEntry[]) => new Uint8Array(await packTar(entries));
const names = async (bytes: Uint8Array) => (await readTar(asBlob(bytes))).map((file) => file.path);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tar-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The operating system's own. */
function tar(...parameters: string[]): void {
  execFileSync('tar', parameters, { cwd: folder });
}

test('what was written is read again', async () => {
  const files = fc.array(fc.record({ path, bytes: content }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const written = await writeTar(given.map((file) => ({ path: file.path, blob: asBlob(file.bytes) })));
      const read = await readTar(written);
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

test('the same files give the same tar', async () => {
  const files = [{ path: 'm/a', blob: new Blob(['abc']) }];
  const [one, two] = await Promise.all([writeTar(files), writeTar(files)]);
  expect(await one.text()).toBe(await two.text());
});

test('the content of large files is neither read nor copied, in both directions', async () => {
  const size = 3 * 2 ** 20 + 7;
  const large = new Blob([new Uint8Array(size).fill(5)]);
  const written = await writeTar([{ path: 'large', blob: large }]);
  let readBytes = 0;
  const slice = written.slice.bind(written);
  written.slice = (from = 0, to = written.size) => {
    const piece = slice(from, to);
    const read = piece.arrayBuffer.bind(piece);
    piece.arrayBuffer = () => ((readBytes += to - from), read());
    return piece;
  };
  const [file] = await readTar(written);
  expect(file?.blob.size).toBe(size);
  expect(readBytes).toBe(2 * BLOCK);
  expect(new Uint8Array((await file?.blob.arrayBuffer()) ?? []).every((byte) => byte === 5)).toBe(true);
});

test('the tar of the operating system understands ours, long names included', async () => {
  const long = `${'a'.repeat(60)}/${'b'.repeat(90)}`;
  const longer = `${'c'.repeat(120)}/${'d'.repeat(120)}/${'e'.repeat(120)}`;
  const written = await writeTar(
    ['m/@library.wasm', long, longer].map((name) => ({ path: name, blob: new Blob([name]) })),
  );
  writeFileSync(join(folder, 'ours.tar'), Buffer.from(await written.arrayBuffer()));
  tar('xf', 'ours.tar');
  for (const name of ['m/@library.wasm', long, longer]) {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(name);
  }
});

test.each(['ustar', 'gnu', 'pax'])('we understand the %s tar of the operating system', async (format) => {
  const long = `theirs/${'x'.repeat(90)}/${'y'.repeat(90)}`;
  mkdirSync(join(folder, long), { recursive: true });
  writeFileSync(join(folder, long, 'file'), 'deep');
  symlinkSync('/etc/passwd', join(folder, 'theirs', `link-${format}`));
  tar('cf', `${format}.tar`, `--format=${format}`, 'theirs');
  const files = await readTar(new Blob([readFileSync(join(folder, `${format}.tar`))]));
  expect(files.map((file) => file.path)).toEqual([`${long}/file`]);
  expect(await files[0]?.blob.text()).toBe('deep');
});

test('an export made by the first version of this app is still read', async () => {
  // A model of two files, as the app wrote it before it used a library.
  const old = gunzipSync(Buffer.from(FIRST_VERSION, 'base64'));
  const files = await readTar(asBlob(old));
  expect(files.map((file) => file.path)).toEqual([
    'tiny/runs-here.json',
    `tiny/${'folder/'.repeat(14)}@library.wasm`,
  ]);
  expect(await files[0]?.blob.text()).toBe('{"variant":{}}');
  expect(await files[1]?.blob.text()).toBe('wasm');
});

test('what is no tar is told apart from one that is damaged', async () => {
  const good = await pack([
    { header: { name: 'a', size: 3 }, body: 'abc' },
    { header: { name: 'b', size: 600 }, body: new Uint8Array(600) },
  ]);
  const flipped = good.slice();
  flipped[2 * BLOCK + 3] = 0x7a;
  const zip = new TextEncoder().encode('PK\u0003\u0004'.padEnd(5000, 'zip'));
  const pdf = new TextEncoder().encode('%PDF-1.7\n'.padEnd(300, ' '));
  for (const other of [new Uint8Array(0), zip, pdf, good.slice(7)]) {
    await expect(readTar(asBlob(other))).rejects.toMatchObject({ kind: 'other' });
  }
  for (const damaged of [flipped, good.slice(0, 2 * BLOCK), good.slice(0, 3 * BLOCK + 100)]) {
    await expect(readTar(asBlob(damaged))).rejects.toMatchObject({ kind: 'damaged' });
  }
});

test('any bytes at all give files or a refusal, never anything else', async () => {
  const header = fc.uint8Array({ minLength: BLOCK, maxLength: BLOCK });
  const sound = await pack([{ header: { name: 'a', size: 3 }, body: 'abc' }]);
  await fc.assert(
    fc.asyncProperty(fc.array(header, { maxLength: 4 }), fc.nat(sound.length), async (blocks, cut) => {
      const hostile = new Blob([sound.slice(0, cut), ...blocks.map((block) => new Uint8Array(block))]);
      const refused = await readTar(hostile).then(
        () => null,
        (error: Error) => error.name,
      );
      expect([null, 'TarProblem']).toContain(refused);
    }),
    { numRuns: 300 },
  );
});

test('a size that lies is refused, in the header and in a pax record', async () => {
  const file = { name: 'a', size: 3 };
  const plain = await pack([{ header: file, body: 'abc' }]);
  const pax = await pack([{ header: { ...file, pax: { sizX: String(LIE) } }, body: 'abc' }]);
  pax.set([0x65], Buffer.from(pax).indexOf('sizX') + 3);
  for (const lie of [withSize(plain, LIE), withSize(plain, 4000), pax]) {
    await expect(readTar(asBlob(lie))).rejects.toMatchObject({ kind: 'damaged' });
  }
});

test('names that leave the folder are names and nothing more', async () => {
  const bytes = await pack([{ header: { name: '../../etc/passwd', size: 3 }, body: 'abc' }]);
  expect(await names(bytes)).toEqual(['../../etc/passwd']);
});

test('links, devices and folders are passed over', async () => {
  const bytes = await pack([
    { header: { name: 'f/', size: 0, type: 'directory' } },
    { header: { name: 'f/s', size: 0, type: 'symlink', linkname: '/etc/passwd' } },
    { header: { name: 'f/h', size: 0, type: 'link', linkname: 'f/a' } },
    { header: { name: 'f/d', size: 0, type: 'character-device' } },
    { header: { name: 'f/a', size: 3 }, body: 'abc' },
  ]);
  expect(await names(bytes)).toEqual(['f/a']);
});

test('a file with holes is refused or read as what it stores, never as more', async () => {
  execFileSync('truncate', ['-s', '4M', join(folder, 'sparse')]);
  tar('cSf', 'sparse.tar', '--format=gnu', 'sparse');
  const bytes = readFileSync(join(folder, 'sparse.tar'));
  const files = await readTar(asBlob(bytes)).catch(() => []);
  for (const { blob } of files) expect(blob.size).toBeLessThan(bytes.length);
});

test('a hundred thousand entries are refused before they are all read', async () => {
  const { readable, controller } = createTarPacker();
  const header = readable.getReader().read();
  controller.add({ name: 'a', size: 0 });
  const { value } = await header;
  const many = new Blob(Array.from({ length: 100_000 }, () => new Uint8Array(value ?? [])));
  await expect(readTar(many)).rejects.toMatchObject({ kind: 'damaged' });
}, 30_000);

/** The same tar with another size in its first header, and the checksum that belongs to it. */
function withSize(bytes: Uint8Array, size: number): Uint8Array {
  const changed = bytes.slice();
  const write = (at: number, text: string) => changed.set(new TextEncoder().encode(text), at);
  write(124, size.toString(8).padStart(11, '0').slice(-11));
  if (size > 8 ** 11) changed.set([0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0], 124);
  write(148, '        ');
  const sum = changed.subarray(0, BLOCK).reduce((total, byte) => total + byte, 0);
  write(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return changed;
}
