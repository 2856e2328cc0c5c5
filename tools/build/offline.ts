import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { ENGINE_FILE } from '../../src/shell.ts';
import { headersFor, readHeaders } from '../serve/headers.mjs';
import type { Plugin, ResolvedConfig } from 'vite';
import { buildAlone } from './alone.ts';

/** Never in the service worker: weights live in IndexedDB, only an installer shows the screenshots, and `_headers` is read
 * by servers. */
const EXCLUDED = /^(models\/|screenshots\/|_headers$|sw(-withdraw)?\.js|.*\.(br|gz|map)$)/;

/**
 * Builds `src/sw.ts` after everything else and hands it the list of the files that make up this version.
 * Each entry is a path relative to the service worker, and the version is the hash of all contents. Beside it lies the
 * worker that takes it back, see `src/sw-withdraw.ts`.
 */
export function offline(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'offline',
    apply: 'build',
    configResolved: (resolved) => void (config = resolved),
    async writeBundle() {
      const out = resolve(config.root, config.build.outDir);
      const headers = headersFor(readHeaders(join(config.publicDir, '_headers')), '/');
      const files: ShellFiles = { ...listFiles(out), headers };
      const define = { APP_FILES: JSON.stringify(files) };
      const source = (name: string) => join(config.root, 'src', name);
      writeFileSync(join(out, 'sw.js'), await bundleWorker(source('sw.ts'), define));
      writeFileSync(join(out, 'sw-withdraw.js'), await bundleWorker(source('sw-withdraw.ts')));
    },
  };
}

/** What `src/sw.ts` is given as `APP_FILES`. */
export interface ShellFiles {
  version: string;
  shell: string[];
  engine: string[];
  /** What every answer carries, for hosts that cannot set headers. From `public/_headers`. */
  headers: Record<string, string>;
}

function listFiles(out: string): Omit<ShellFiles, 'headers'> {
  const paths = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !EXCLUDED.test(path))
    .sort();
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update(readFileSync(join(out, path)));
  return {
    version: hash.digest('hex').slice(0, 12),
    shell: paths.filter((path) => !ENGINE_FILE.test(path)),
    engine: paths.filter((path) => ENGINE_FILE.test(path)),
  };
}

function bundleWorker(entry: string, define: Record<string, string> = {}): Promise<string> {
  const lib = { entry, formats: ['iife' as const], name: 'sw', fileName: 'sw' };
  return buildAlone({ lib, minify: true }, define);
}
