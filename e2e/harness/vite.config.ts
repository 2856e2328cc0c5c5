import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The bare page that `npm run bench` compares the app with. Built into `dist-harness`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  publicDir: false,
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: '../../dist-harness',
    emptyOutDir: true,
    chunkSizeWarningLimit: 7000,
  },
});
