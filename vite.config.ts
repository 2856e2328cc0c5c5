import { execSync } from 'node:child_process';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** The commit this build was made from, or 'dev' outside a checkout. It is part of every result's record. */
function commit(): string {
  try {
    return execSync('git rev-parse --short=10 HEAD', { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return 'dev';
  }
}

export default defineConfig({
  // Relative, so that the same build works at a domain's root and in a sub-folder of a static host.
  base: './',
  plugins: [preact()],
  define: {
    __APP_VERSION__: JSON.stringify(manifest.version),
    __APP_COMMIT__: JSON.stringify(commit()),
    __ENGINE_VERSION__: JSON.stringify(manifest.dependencies['@mlc-ai/web-llm']),
  },
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 7000 },
});
