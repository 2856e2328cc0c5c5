import { expose } from 'comlink';
import { deferHost } from '../../../src/engine/host.ts';
import { CHANNEL, note, takeNotes, slowness, type Answer, type Question } from './log.ts';

/** As `src/engine/worker.ts`, but the store holds one small file, and readings are taken where messages come in. */
const CONFIG = { conv_template: {}, tokenizer_files: [], vocab_size: 1000, context_window_size: 4096 };
const face = { match: async () => new Response(JSON.stringify(CONFIG)) };
Object.defineProperty(globalThis, 'caches', { value: { open: async () => face } });

addEventListener('message', () => void note('arrival'), { capture: true }); // before comlink's own

const aside = new BroadcastChannel(CHANNEL);
aside.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const answer: Answer = data === 'log' ? { entries: takeNotes() } : { slowness: slowness() };
  aside.postMessage(answer);
});

expose(deferHost(async () => (await import('../../../src/engine/webllm.ts')).createHost));
