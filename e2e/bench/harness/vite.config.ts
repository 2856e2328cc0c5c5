import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The measuring path of the app, from the plan down to the tap in the worker, in front of an engine whose delays are known. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  publicDir: false,
  resolve: { alias: { '@mlc-ai/web-llm': fileURLToPath(new URL('web-llm.ts', import.meta.url)) } },
  define: { ENGINE_VERSION: JSON.stringify('scripted') },
  worker: { format: 'es' },
  build: { target: 'es2022', emptyOutDir: true },
});
