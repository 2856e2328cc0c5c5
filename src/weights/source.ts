const SCRATCH_BYTES = 2 ** 20;

/**
 * The bytes of a response, a piece at a time, each valid until the next is asked for. Browsers that can read into a
 * buffer of ours reuse one for the whole file; else every piece is garbage, and hundreds of megabytes of it pile up
 * before they are collected.
 */
export class ByteSource {
  readonly #byob: ReadableStreamBYOBReader | null;
  readonly #plain: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | null;
  #scratch = new ArrayBuffer(SCRATCH_BYTES);

  constructor(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#byob = byobReader(body);
    this.#plain = this.#byob ? null : body.getReader();
  }

  /** Null at the end. */
  async read(): Promise<Uint8Array | null> {
    if (!this.#byob) return (await this.#plain?.read())?.value ?? null;
    const { done, value } = await this.#byob.read(new Uint8Array(this.#scratch));
    if (done || !value) return null;
    this.#scratch = value.buffer;
    return value;
  }

  async cancel(): Promise<void> {
    await (this.#byob ?? this.#plain)?.cancel();
  }
}

function byobReader(body: ReadableStream): ReadableStreamBYOBReader | null {
  try {
    return body.getReader({ mode: 'byob' });
  } catch {
    return null; // not a stream of bytes: Safari, and the scripted responses of tests
  }
}
