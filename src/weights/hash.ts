import { createMD5, createSHA256, type IHasher } from 'hash-wasm';
import type { Entry } from './journal.ts';

/** A running hash of one file. hash-wasm, because WebCrypto has no MD5 and hashes only what is whole in memory. */
export class FileHash {
  readonly kind: 'md5' | 'sha256';
  readonly #hasher: IHasher;

  private constructor(kind: 'md5' | 'sha256', hasher: IHasher) {
    this.kind = kind;
    this.#hasher = hasher;
  }

  /** The kind that can settle whether `entry` is right: a pinned SHA-256, else its MD5, else a SHA-256 to remember. */
  static async of(entry: Entry): Promise<FileHash> {
    const kind = entry.md5 !== null && entry.sha256 === null ? 'md5' : 'sha256';
    const hash = new FileHash(kind, await (kind === 'md5' ? createMD5() : createSHA256()));
    hash.restart();
    return hash;
  }

  restart(): void {
    this.#hasher.init();
  }

  update(bytes: Uint8Array): void {
    this.#hasher.update(bytes);
  }

  /** Lower-case hex. The hash must be restarted before it is used again. */
  digest(): string {
    return this.#hasher.digest('hex');
  }
}

/** The hash that the bytes must have, or null when none is known. `digest` counts: it was verified once. */
export function expectedHash(entry: Entry): string | null {
  return entry.sha256 ?? entry.md5 ?? entry.digest;
}
