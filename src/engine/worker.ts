import { expose } from 'comlink';
import { installCaches } from '../weights/caches.ts';
import { deferHost } from './host.ts';

// Before web-llm is imported: it must find the store where it looks for the browser's caches.
installCaches();

expose(deferHost(async () => (await import('./webllm.ts')).createHost));
