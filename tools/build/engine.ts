import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { buildAlone } from './alone.ts';

const PACKAGE = '@mlc-ai/web-llm';
const CACHE = 'node_modules/.cache/runs-here';

/**
 * Bundles web-llm once, apart from the app, into a file named after its own content.
 *
 * Built together with the app, the engine's 6 MB chunk imports a helper from the worker's entry, so its hash, and
 * with it the download, would change with every release of the app. Built apart, the bytes depend on web-llm alone.
 *
 * Used as a plugin of the worker builds: it leaves `@mlc-ai/web-llm` external and points the import to that file.
 */
export function engineChunk(version: string): Plugin {
  let file = { name: '', code: '' };
  return {
    name: 'engine-chunk',
    apply: 'build',
    enforce: 'pre',
    async buildStart() {
      file = await engineFile(version);
    },
    resolveId: (id) => (id === PACKAGE ? { id: PACKAGE, external: true } : null),
    generateBundle(_options, bundle) {
      const importers = Object.values(bundle).filter((c) => c.type === 'chunk' && c.code.includes(PACKAGE));
      if (importers.length === 0) return;
      for (const chunk of importers) {
        if (chunk.type === 'chunk')
          chunk.code = chunk.code.replaceAll(/(["'`])@mlc-ai\/web-llm\1/g, `"./${file.name}"`);
      }
      this.emitFile({ type: 'asset', fileName: `assets/${file.name}`, source: file.code });
    },
  };
}

async function engineFile(version: string): Promise<{ name: string; code: string }> {
  const cached = join(CACHE, `web-llm-${version}.js`);
  if (!existsSync(cached)) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(cached, await bundleEngine());
  }
  const code = readFileSync(cached, 'utf8');
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 10);
  return { name: `web-llm-${hash}.js`, code };
}

function bundleEngine(): Promise<string> {
  return buildAlone({
    lib: { entry: fileURLToPath(import.meta.resolve(PACKAGE)), formats: ['es'], fileName: 'web-llm' },
    // Vite leaves whitespace in ES libraries for later bundlers to work on; no bundler comes after this one.
    rolldownOptions: { output: { minify: true } },
  });
}
