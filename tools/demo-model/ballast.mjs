// Write the demo model with extra weight shards, to try large downloads with a model that still answers.
//
//   node tools/demo-model/ballast.mjs --mb 512 --out DIR [--from DIR] [--seed N]
//
// The extra tensors are uint32, named ballast.0, ballast.1, ..., one 32 MB shard each (the last may be
// smaller). The library never asks for them; the engine downloads them and copies them to the GPU all the
// same. Bytes are seeded, so two runs agree, and do not compress. 1 MB is 1 000 000 bytes here.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const SHARD_BYTES = 32_000_000;
const BLOCK_BYTES = 1_000_000;
const HOME = fileURLToPath(new URL('../../public/models/demo/resolve/main/', import.meta.url));

/** Fill a block with xorshift32 words; returns the state to go on from. */
function fill(block, state) {
  let x = state;
  for (let i = 0; i < block.length; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    block[i] = x;
  }
  return x;
}

/** A never-zero xorshift state for one shard. */
function start(seed, index) {
  const mixed = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b);
  return mixed || 1;
}

/** Write one shard as a stream and return its md5. */
async function writeShard(path, sizeBytes, state) {
  const out = createWriteStream(path);
  const failed = new Promise((_, reject) => out.once('error', reject));
  const digest = createHash('md5');
  for (let done = 0, x = state; done < sizeBytes; done += BLOCK_BYTES) {
    const block = new Uint32Array(Math.min(BLOCK_BYTES, sizeBytes - done) / 4);
    x = fill(block, x);
    const bytes = Buffer.from(block.buffer);
    digest.update(bytes);
    if (!out.write(bytes)) await Promise.race([once(out, 'drain'), failed]);
  }
  out.end();
  await Promise.race([once(out, 'close'), failed]);
  return digest.digest('hex');
}

/** Write ballast shard `index` and return its record for tensor-cache.json. */
async function makeBallast(folder, index, sizeBytes, seed) {
  const dataPath = `ballast_shard_${index}.bin`;
  const md5sum = await writeShard(join(folder, dataPath), sizeBytes, start(seed, index));
  const tensor = {
    name: `ballast.${index}`,
    shape: [sizeBytes / 4],
    dtype: 'uint32',
    format: 'raw',
    nbytes: sizeBytes,
    byteOffset: 0,
  };
  return { dataPath, format: 'raw-shard', nbytes: sizeBytes, records: [tensor], md5sum };
}

/** Bring over every file of the model but the list of its tensors, which is rewritten. */
async function placeModel(from, out) {
  const entries = await readdir(from, { withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || entry.name === 'tensor-cache.json') continue;
    await copyFile(join(from, entry.name), join(out, entry.name));
  }
}

/** The tensor cache with the extra shards behind the model's own. */
function extend(cache, extra) {
  const added = extra.reduce((sum, shard) => sum + shard.nbytes, 0);
  const { ParamSize, ParamBytes, ...rest } = cache.metadata;
  const metadata = { ...rest, ParamSize: ParamSize + extra.length, ParamBytes: ParamBytes + added };
  return { ...cache, metadata, records: [...cache.records, ...extra] };
}

function parseOptions() {
  const string = { type: 'string' };
  const { values } = parseArgs({ options: { mb: string, out: string, from: string, seed: string } });
  const mb = Number(values.mb);
  const seed = Number(values.seed ?? 1);
  if (!(mb > 0) || !Number.isInteger(seed) || !values.out) {
    console.error('usage: node ballast.mjs --mb N --out DIR [--from DIR] [--seed N]');
    process.exit(2);
  }
  return { totalBytes: Math.ceil(mb * 250_000) * 4, out: values.out, from: values.from ?? HOME, seed };
}

const { totalBytes, out, from, seed } = parseOptions();
await mkdir(out, { recursive: true });
await placeModel(from, out);
const extra = [];
for (let at = 0; at < totalBytes; at += SHARD_BYTES) {
  extra.push(await makeBallast(out, extra.length, Math.min(SHARD_BYTES, totalBytes - at), seed));
}
const cache = JSON.parse(await readFile(join(from, 'tensor-cache.json'), 'utf8'));
await rm(join(out, 'tensor-cache.json'), { force: true });
await writeFile(join(out, 'tensor-cache.json'), JSON.stringify(extend(cache, extra)) + '\n');
console.log(`${extra.length} ballast shards, ${totalBytes} bytes, in ${out}`);
