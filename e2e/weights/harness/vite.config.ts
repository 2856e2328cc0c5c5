import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The weights room alone in a page: for its tests, and for `npm run bench`, which finds it in `dist-room`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  publicDir: false,
  worker: { format: 'es' },
  build: { target: 'es2022', outDir: '../../../dist-room', emptyOutDir: true },
});
