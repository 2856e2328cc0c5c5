#!/usr/bin/env node
/**
 * Builds a model library: kernels and host code for one model -> one .wasm for web-llm 0.2.86.
 *
 *   npm run library                              the demo model's, in place
 *   npm run library -- --check                   build again elsewhere, compare with the committed bytes
 *   npm run library -- --model DIR --out FILE    for another model (DIR holds its mlc-chat-config.json)
 *   npm run library -- --break NAME --out FILE   with one kernel broken on purpose (names: tools/library/mutations.mjs)
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { main as compile } from 'assemblyscript/asc';
import { readDims } from './config.mjs';
import { generate } from './generate.mjs';
import { mutations } from './mutations.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const DEMO = join(ROOT, 'public/models/demo/resolve/main');
export const DEMO_LIBRARY = join(DEMO, 'demo-q4f32_1.wasm');

/** Memory starts at 1024: the engine writes below. */
const FLAGS =
  '--runtime minimal --exportStart _initialize --memoryBase 1024 --use abort=model-library/host/errors/abort --noAssert';

/** Left out for libraries that are broken on purpose: they are built to be thrown away. */
const OPTIMIZE = '-O3 --shrinkLevel 2 --converge';

/**
 * Builds the library for the model in `folder`. Same input, same bytes.
 * @param {string} folder with mlc-chat-config.json
 * @param {string} out the .wasm to write
 * @param {{mutation?: object}} [options]
 * @returns {Promise<Uint8Array>} the bytes written
 */
export async function buildLibrary(folder, out, { mutation } = {}) {
  const generated = generate(await readDims(folder), mutation);
  await mkdir(dirname(out), { recursive: true });
  const { error, stderr } = await compile(
    [
      'model-library/host/index.ts',
      '--baseDir',
      '.',
      '--outFile',
      relative(ROOT, resolve(out)),
      ...FLAGS.split(' '),
      ...(mutation ? [] : OPTIMIZE.split(' ')),
    ],
    {
      readFile: (name) => readSource(name, generated),
      writeFile: (name, data) => writeFile(join(ROOT, name), data),
    },
  );
  if (error) throw new Error(`AssemblyScript failed: ${error.message}\n${stderr}`);
  return new Uint8Array(await readFile(out));
}

/** The generated module comes from memory, so that builds may run side by side. */
async function readSource(name, generated) {
  if (name === 'model-library/generated/model.ts') return generated;
  return readFile(join(ROOT, name), 'utf8').catch(() => null);
}

/** The generated module on disk, for editors only. */
async function writeGenerated() {
  await mkdir(join(ROOT, 'model-library/generated'), { recursive: true });
  await writeFile(join(ROOT, 'model-library/generated/model.ts'), generate(await readDims(DEMO)));
}

async function check() {
  const folder = await mkdtemp(join(tmpdir(), 'library-'));
  try {
    const built = await buildLibrary(DEMO, join(folder, 'library.wasm'));
    const committed = await readFile(DEMO_LIBRARY);
    if (!committed.equals(built))
      throw new Error('the committed library is not what its source builds: run npm run library');
    console.log(`the committed library is what its source builds (${built.length} bytes)`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean' },
      model: { type: 'string', default: DEMO },
      out: { type: 'string', default: DEMO_LIBRARY },
      break: { type: 'string' },
    },
  });
  if (values.check) return check();
  const mutation = values.break && mutations[values.break];
  if (values.break && !mutation)
    throw new Error(`no mutation "${values.break}"; there are ${Object.keys(mutations).join(', ')}`);
  if (mutation && resolve(values.out) === DEMO_LIBRARY) throw new Error('--break needs --out');
  await writeGenerated();
  const built = await buildLibrary(values.model, values.out, { mutation });
  console.log(`${values.out}: ${built.length} bytes`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
