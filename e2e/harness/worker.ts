/// <reference lib="WebWorker" />
import type { ChatCompletionChunk, MLCEngine } from '@mlc-ai/web-llm';
import type { Job, Order, Question, Reply, Summary } from './job.ts';

declare const self: DedicatedWorkerGlobalScope;

let engine: MLCEngine | null = null;

self.addEventListener('message', ({ data }: MessageEvent<Order>) => {
  const work = data.kind === 'load' ? load(data.job) : ask(data.question);
  work.catch((error: unknown) => reply({ kind: 'failed', why: String(error) }));
});

function reply(message: Reply): void {
  self.postMessage(message);
}

async function load({ model, lib, backend }: Job): Promise<void> {
  const webllm = await import('@mlc-ai/web-llm');
  const record = { model, model_id: 'model', model_lib: lib };
  const made = new webllm.MLCEngine({ appConfig: { model_list: [record], cacheBackend: backend } });
  await made.reload('model');
  engine = made;
  reply({ kind: 'loaded' });
}

async function ask(question: Question): Promise<void> {
  if (!engine) throw new Error('Nothing is loaded.');
  await engine.resetChat();
  const chunks = await engine.chat.completions.create({
    messages: [{ role: 'user', content: question.prompt }],
    max_tokens: question.maxTokens,
    stream: true,
    stream_options: { include_usage: true },
  });
  reply({ kind: 'done', summary: await drain(chunks, question.shown) });
}

async function drain(chunks: AsyncIterable<ChatCompletionChunk>, shown: boolean): Promise<Summary> {
  let text = '';
  let tokens = 0;
  let firstMs: number | null = null;
  let lastMs = 0;
  for await (const chunk of chunks) {
    tokens = chunk.usage?.completion_tokens ?? tokens;
    const delta = chunk.choices[0]?.delta.content;
    if (!delta) continue;
    lastMs = performance.now();
    firstMs ??= lastMs;
    text += delta;
    if (shown) reply({ kind: 'text', delta });
  }
  const spanMs = lastMs - (firstMs ?? lastMs);
  return { tokens, spanMs, decodeTps: (1000 * (tokens - 1)) / spanMs, text };
}
