import { execSync } from 'node:child_process';
import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { engineChunk } from './tools/build/engine.ts';
import { offline } from './tools/build/offline.ts';
import manifest from './package.json' with { type: 'json' };

/**
 * The commit this build was made from, or 'dev' outside a checkout; `APP_COMMIT` tells it where there is no checkout.
 * It is part of every result's record.
 */
function commit(): string {
  if (process.env['APP_COMMIT']) return process.env['APP_COMMIT'];
  try {
    return execSync('git rev-parse --short=10 HEAD', { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return 'dev';
  }
}

/** Each takes what it needs along. Code that is always fetched together is smaller in one file than in many. */
const CHUNKS = [
  { name: 'shell', test: /src\/main\.tsx$/, priority: 3 },
  { name: 'measure', test: /src\/bench\/measure\.ts$/, priority: 2 },
  { name: 'report', test: /src\/ui\/Report\.tsx$/, priority: 1 },
];

export default defineConfig({
  // Relative, so that the same build works at a domain's root and in a sub-folder of a static host.
  base: './',
  plugins: [preact(), offline()],
  define: {
    APP_VERSION: JSON.stringify(manifest.version),
    APP_COMMIT: JSON.stringify(commit()),
    ENGINE_VERSION: JSON.stringify(manifest.dependencies['@mlc-ai/web-llm']),
  },
  worker: {
    format: 'es',
    plugins: () => [engineChunk(manifest.dependencies['@mlc-ai/web-llm'])],
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 7000,
    // Every browser with WebGPU preloads modules; the others fetch them a little later.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
});
