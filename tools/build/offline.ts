import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { headersFor, readHeaders } from '../serve/headers.mjs';
import type { Plugin, ResolvedConfig } from 'vite';
import { buildAlone } from './alone.ts';

/** Files that a visitor may never need: the service worker keeps them once they were asked for, not before. */
const ON_DEMAND = /^assets\/web-llm-/;
/** Never in the service worker: weights live in IndexedDB, and servers read `_headers` themselves. */
const EXCLUDED = /^(models\/|_headers$|sw\.js|.*\.(br|gz|map)$)/;

/**
 * Builds `src/sw.ts` after everything else and hands it the list of the files that make up this version.
 * Each entry is a path relative to the service worker, and the version is the hash of all contents.
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
      const code = await bundleWorker(join(config.root, 'src/sw.ts'), { ...listFiles(out), headers });
      writeFileSync(join(out, 'sw.js'), code);
    },
  };
}

/** What `src/sw.ts` is given as `APP_FILES`. */
export interface ShellFiles {
  version: string;
  precache: string[];
  onDemand: string[];
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
    precache: paths.filter((path) => !ON_DEMAND.test(path)),
    onDemand: paths.filter((path) => ON_DEMAND.test(path)),
  };
}

function bundleWorker(entry: string, files: ShellFiles): Promise<string> {
  const lib = { entry, formats: ['iife' as const], name: 'sw', fileName: 'sw' };
  return buildAlone({ lib, minify: true }, { APP_FILES: JSON.stringify(files) });
}
