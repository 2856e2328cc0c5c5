import { createMD5 } from 'hash-wasm';
import type { Variant } from '../engine/engine.ts';

/** For tests: a small model and a server that serves it as badly as it is told to. */

export type Fault =
  | { does: 'refuse'; status: number; retryAfter?: string }
  | { does: 'offline' }
  /** The connection breaks after so many bytes. */
  | { does: 'cut'; after: number }
  /** The body ends as if it were complete. */
  | { does: 'end'; after: number }
  /** Nothing comes after so many bytes, and the connection stays open. */
  | { does: 'stall'; after: number }
  | { does: 'flip'; at: number }
  | { does: 'page' }
  /** More bytes than there should be. */
  | { does: 'pad' }
  /** Answers 200 with everything, whatever range was asked for. */
  | { does: 'ignoreRange' }
  /** The same bytes under another ETag. */
  | { does: 'retag' };

export interface Sent {
  path: string;
  from: number;
  bytes: number;
}

const FOLDER = 'https://model.example/tiny/';
const WASM = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, 2, 1, 0x61]);

export const tiny: Variant = {
  id: 'tiny',
  quantization: 'q4f32_1',
  modelUrl: FOLDER,
  libUrl: `${FOLDER}tiny.wasm`,
  sizeBytes: null,
  memoryBytes: null,
  bufferBytes: null,
  features: [],
  contextTokens: 512,
};

/** The files of a model whose shards have these sizes, by path. */
export async function tinyFiles(shardBytes: number[]): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const records = [];
  for (const [index, nbytes] of shardBytes.entries()) {
    const bytes = Uint8Array.from(
      { length: nbytes },
      (_, at) => (at * 31 + (at >> 8) * 17 + index * 101) & 0xff,
    );
    const dataPath = `params_shard_${index}.bin`;
    files.set(dataPath, bytes);
    records.push({ dataPath, format: 'raw-shard', nbytes, md5sum: await md5(bytes), records: [] });
  }
  files.set('mlc-chat-config.json', json({ tokenizer_files: ['tokenizer.json'] }));
  files.set('tensor-cache.json', json({ metadata: {}, records }));
  files.set('tokenizer.json', json({ model: {} }));
  files.set('tiny.wasm', WASM);
  return files;
}

export class ScriptedServer {
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  /** What goes wrong with the next requests of a path, in order; then all goes well. */
  readonly faults = new Map<string, Fault[]>();
  readonly log: Sent[] = [];
  pieceBytes = 1000;

  constructor(files: Map<string, Uint8Array<ArrayBuffer>>) {
    this.files = files;
  }

  /** Bytes that left the server for a path, over all requests. */
  sent(path: string): number {
    return this.log.filter((sent) => sent.path === path).reduce((sum, sent) => sum + sent.bytes, 0);
  }

  readonly fetch = (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    if (init.signal?.aborted) return Promise.reject(init.signal.reason);
    const path = String(input).slice(FOLDER.length);
    const fault = this.faults.get(path)?.shift();
    const bytes = this.files.get(path);
    if (fault?.does === 'offline') return Promise.reject(new TypeError('Failed to fetch'));
    if (fault?.does === 'refuse') {
      const headers = new Headers(fault.retryAfter === undefined ? [] : [['retry-after', fault.retryAfter]]);
      return Promise.resolve(new Response('no', { status: fault.status, headers }));
    }
    if (!bytes) return Promise.resolve(new Response('no', { status: 404 }));
    if (fault?.does === 'page') {
      return Promise.resolve(
        new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      );
    }
    const range = new Headers(init.headers).get('range');
    const from = range && fault?.does !== 'ignoreRange' ? Number(/\d+/.exec(range)?.[0]) : 0;
    if (from >= bytes.length) return Promise.resolve(new Response(null, { status: 416 }));
    return Promise.resolve(this.#answer(path, bytes, from, fault, init.signal ?? null));
  };

  #answer(
    path: string,
    bytes: Uint8Array<ArrayBuffer>,
    from: number,
    fault: Fault | undefined,
    signal: AbortSignal | null,
  ) {
    const sent: Sent = { path, from, bytes: 0 };
    this.log.push(sent);
    const body = spoil(bytes, fault).subarray(from);
    const etag = fault?.does === 'retag' ? '"other"' : '"one"';
    const range: Record<string, string> = from
      ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }
      : {};
    return new Response(this.#stream(body, from, sent, fault, signal), {
      status: from ? 206 : 200,
      headers: { etag, ...range },
    });
  }

  #stream(
    body: Uint8Array<ArrayBuffer>,
    from: number,
    sent: Sent,
    fault: Fault | undefined,
    signal: AbortSignal | null,
  ) {
    const limit = fault && 'after' in fault ? Math.max(0, fault.after - from) : body.length;
    let at = 0;
    return new ReadableStream<Uint8Array>({
      start: (controller) => signal?.addEventListener('abort', () => fail(controller, signal.reason)),
      pull: (controller) => {
        const piece = body.slice(at, Math.min(at + this.pieceBytes, limit));
        at += piece.length;
        sent.bytes += piece.length;
        if (piece.length) return controller.enqueue(piece);
        if (at >= body.length || fault?.does === 'end') return controller.close();
        if (fault?.does === 'cut') return fail(controller, new TypeError('network error'));
        return new Promise<void>(() => undefined); // stalls
      },
    });
  }
}

function fail(controller: ReadableStreamDefaultController, reason: unknown): void {
  try {
    controller.error(reason);
  } catch {
    // it had ended
  }
}

function spoil(bytes: Uint8Array<ArrayBuffer>, fault: Fault | undefined): Uint8Array<ArrayBuffer> {
  if (fault?.does === 'pad') return new Uint8Array([...bytes, 1]);
  if (fault?.does !== 'flip') return bytes;
  const flipped = bytes.slice();
  const at = fault.at % bytes.length;
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  return flipped;
}

async function md5(bytes: Uint8Array): Promise<string> {
  const hasher = await createMD5();
  return hasher.init().update(bytes).digest('hex');
}

function json(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}
