/**
 * A page that runs a model with web-llm alone: one worker, no store of its own, nothing checked, nothing shown but the
 * text. `?model=&lib=&backend=&prompt=&tokens=`: Run loads the model and asks, once.
 *
 * `window.bare` lets a program load and ask in its own time.
 */
import type { Job, Order, Question, Reply, Summary } from './job.ts';

declare global {
  interface Window {
    bare: { load: () => Promise<void>; ask: (question: Question) => Promise<Summary> };
  }
}

const output = document.querySelector('[role="log"]')!;
const query = new URLSearchParams(location.search);
let worker: Worker | null = null;

window.bare = {
  load: async () => {
    worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    await order({ kind: 'load', job: readJob() }, 'loaded');
  },
  ask: async (question) => {
    output.textContent = '';
    return (await order({ kind: 'ask', question }, 'done')).summary;
  },
};

document.querySelector('button')!.addEventListener('click', () => void run());

async function run(): Promise<void> {
  await window.bare.load();
  const prompt = query.get('prompt');
  if (prompt) await window.bare.ask({ prompt, maxTokens: Number(query.get('tokens') ?? 64), shown: true });
  document.documentElement.dataset.session = 'ready';
}

function readJob(): Job {
  const url = (name: string) => new URL(query.get(name) ?? '', location.href).href;
  const backend = query.get('backend') === 'indexeddb' ? 'indexeddb' : 'cache';
  return { model: url('model'), lib: url('lib'), backend };
}

/** Sends an order and waits for the reply that ends it. One order at a time. */
function order<K extends Reply['kind']>(message: Order, last: K): Promise<Extract<Reply, { kind: K }>> {
  const over = new AbortController();
  return new Promise<Extract<Reply, { kind: K }>>((done, failed) => {
    const { signal } = over;
    worker!.addEventListener('message', ({ data }: MessageEvent<Reply>) => receive(data), { signal });
    worker!.addEventListener('error', (event) => failed(new Error(event.message)), { signal });
    worker!.postMessage(message);

    function receive(reply: Reply): void {
      if (reply.kind === 'text') output.append(reply.delta);
      if (reply.kind === 'failed') failed(new Error(reply.why));
      if (reply.kind === last) done(reply as Extract<Reply, { kind: K }>);
    }
  }).finally(() => over.abort());
}
