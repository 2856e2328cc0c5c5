// Writes `x.br` and `x.gz` beside every compressible file of a build, so that any server can send them as they are.
//
//   node tools/compress.mjs [FOLDER=dist]
//
// Brotli at its best takes half a minute for the engine chunk, whose content rarely changes: results are kept by
// content under node_modules/.cache.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const CACHE = 'node_modules/.cache/runs-here/compressed';
const EXTENSIONS = new Set(['.js', '.css', '.html', '.svg', '.json', '.wasm', '.webmanifest', '.txt']);
/** Below this a packet is a packet. */
const SMALLEST_BYTES = 512;
/** Brotli's largest window that browsers accept, as a power of two. */
const WINDOW_BITS = 24;

const FORMS = {
  '.br': (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      },
    }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/** @returns {Promise<string[]>} paths of the files worth compressing */
async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && EXTENSIONS.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The compressed form of `bytes`, from the cache where it is there. */
async function compressed(bytes, suffix) {
  const name = createHash('sha256').update(bytes).digest('hex') + suffix;
  const cached = join(CACHE, name);
  try {
    return await readFile(cached);
  } catch {
    const result = await FORMS[suffix](bytes);
    await writeFile(cached, result);
    return result;
  }
}

/** Writes the forms of one file that are smaller than it. */
async function compressFile(path) {
  const bytes = await readFile(path);
  if (bytes.length < SMALLEST_BYTES) return;
  for (const suffix of Object.keys(FORMS)) {
    const result = await compressed(bytes, suffix);
    if (result.length < bytes.length) await writeFile(path + suffix, result);
  }
}

async function work(queue) {
  for (let path = queue.pop(); path; path = queue.pop()) await compressFile(path);
}

const folder = process.argv[2] ?? 'dist';
await mkdir(CACHE, { recursive: true });
const files = await listFiles(folder);
const queue = [...files];
await Promise.all(Array.from({ length: availableParallelism() }, () => work(queue)));
console.log(`compressed ${files.length} files in ${folder}`);
