import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

const tool = fileURLToPath(new URL('./compress.mjs', import.meta.url));
const script = 'console.log("compress me");'.repeat(100);
const noise = Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * i * 31 + i * 7) % 251));
let folder: string;
const path = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compress-'));
  writeFileSync(path('long.js'), script);
  writeFileSync(path('short.js'), '1');
  writeFileSync(path('shard.bin'), noise);
  execFileSync(process.execPath, [tool, folder], { stdio: 'pipe' });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('both forms lie beside the file and hold the same bytes', () => {
  expect(brotliDecompressSync(readFileSync(path('long.js.br'))).toString()).toBe(script);
  expect(gunzipSync(readFileSync(path('long.js.gz'))).toString()).toBe(script);
});

test('what would not gain stays alone: short files, and weights', () => {
  const forms = ['short.js.br', 'short.js.gz', 'shard.bin.br', 'shard.bin.gz'];
  expect(forms.filter((name) => existsSync(path(name)))).toEqual([]);
});
