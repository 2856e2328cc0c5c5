/**
 * Builds and serves the page with which the tests drive the unmodified engine (e2e/library/harness).
 *
 *   /            the built harness
 *   /demo/       public/models/demo
 *   /scratch/    models and libraries that tests build, in dist-harness/scratch
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE = join(ROOT, 'e2e/library/harness');
const OUT = join(ROOT, 'dist-harness');

/** Where tests put models; served as /scratch. */
export const SCRATCH = join(OUT, 'scratch');

async function inputHash() {
  const hash = createHash('sha256');
  for (const name of (await readdir(SOURCE)).sort())
    hash.update(name).update(await readFile(join(SOURCE, name)));
  hash.update(await readFile(join(ROOT, 'package-lock.json')));
  return hash.digest('hex');
}

/** Builds the harness unless its inputs are those of the last build. */
export async function buildHarness() {
  const stamp = join(OUT, 'inputs.sha256');
  const hash = await inputHash();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return;
  await build({
    configFile: false,
    root: SOURCE,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: join(OUT, 'page'), emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 10000 },
  });
  await mkdir(SCRATCH, { recursive: true });
  await writeFile(stamp, hash);
}

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

function fileFor(path) {
  if (path.startsWith('/demo/')) return join(ROOT, 'public/models', path);
  if (path.startsWith('/scratch/')) return join(OUT, path);
  return join(OUT, 'page', path === '/' ? 'index.html' : path);
}

/** Serves the harness on `port`. @returns {Promise<import('node:http').Server>} */
export async function serveHarness(port) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://harness').pathname);
    try {
      const body = await readFile(fileFor(path));
      response
        .writeHead(200, { 'content-type': TYPES[extname(fileFor(path))] ?? 'application/octet-stream' })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return server;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildHarness();
  await serveHarness(4210);
  console.log('http://127.0.0.1:4210/');
}
